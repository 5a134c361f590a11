"""Random damage to the files of a database, as disks and people do it."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

PAGE = 4096
_FRAME_HEADER = 24
_LOG_HEADER = 32


class Damage(NamedTuple):
    """One way of damaging a file; `unit` is what its pages lie apart, `start` where they begin."""

    words: str
    do: Callable[[random.Random, Path, int, int], None]


def _flip(chance: random.Random, file: Path, _unit: int, start: int) -> None:
    with file.open("r+b") as opened:
        for _ in range(chance.choice([1, 1, 1, 8, 64])):
            place = chance.randrange(start, file.stat().st_size)
            opened.seek(place)
            byte = opened.read(1)[0] ^ (1 << chance.randrange(8))
            opened.seek(place)
            opened.write(bytes([byte]))


def _overwrite(chance: random.Random, file: Path, unit: int, start: int, content: bytes) -> None:
    with file.open("r+b") as opened:
        opened.seek(_page(chance, file, unit, start))
        opened.write(content)


def _zero(chance: random.Random, file: Path, unit: int, start: int) -> None:
    _overwrite(chance, file, unit, start, bytes(PAGE))


def _scramble(chance: random.Random, file: Path, unit: int, start: int) -> None:
    _overwrite(chance, file, unit, start, chance.randbytes(PAGE))


def _swap(chance: random.Random, file: Path, unit: int, start: int) -> None:
    places = [_page(chance, file, unit, start) for _ in range(2)]
    with file.open("r+b") as opened:
        contents = []
        for place in places:
            opened.seek(place)
            contents.append(opened.read(PAGE))
        for place, content in zip(places, reversed(contents), strict=True):
            opened.seek(place)
            opened.write(content)


def _cut(chance: random.Random, file: Path, _unit: int, start: int) -> None:
    with file.open("r+b") as opened:
        opened.truncate(chance.randrange(start, file.stat().st_size))


def _page(chance: random.Random, file: Path, unit: int, start: int) -> int:
    """Where a page begins; any but the first, which is tried by flips."""
    return start + unit * chance.randrange(1, max(2, (file.stat().st_size - start) // unit))


KINDS = (
    Damage("bits flipped", _flip),
    Damage("a page of zeros", _zero),
    Damage("a page of noise", _scramble),
    Damage("two pages swapped", _swap),
    Damage("cut off", _cut),
)


def damage(chance: random.Random, file: Path) -> str:
    """Damages a database or its log in one of these ways; says in which."""
    kind = chance.choice(KINDS)
    is_log = file.name.endswith("-wal")
    unit = PAGE + _FRAME_HEADER * is_log
    start = (_LOG_HEADER + _FRAME_HEADER) * is_log
    kind.do(chance, file, unit, start)
    return f"{kind.words} in {file.name}"
