"""A file packed by a thread beside: what anybody unpacks, the same bytes each time."""

import gzip
import io
import random
from collections.abc import Iterable
from typing import BinaryIO

import pytest

from app.curves.packed_file import PackedFile


def pack(file: BinaryIO, pieces: Iterable[bytes]) -> None:
    with PackedFile(file) as packing:
        for piece in pieces:
            packing.write(piece)


def packed(*pieces: bytes) -> bytes:
    file = io.BytesIO()
    pack(file, pieces)
    return file.getvalue()


@pytest.mark.parametrize("count", [0, 1, 700])
def test_what_was_written_comes_back_in_order(count: int) -> None:
    drawn = random.Random(count)
    pieces = [drawn.randbytes(drawn.randrange(20_000)) for _ in range(count)]
    assert gzip.decompress(packed(*pieces)) == b"".join(pieces)
    assert packed(*pieces) == packed(*pieces)


class _FullDisk(io.BytesIO):
    def write(self, _content: object) -> int:
        raise OSError("there is no room")


def test_who_writes_hears_that_there_is_no_room() -> None:
    pieces = [random.Random(seed).randbytes(100_000) for seed in range(100)]
    with pytest.raises(OSError, match="no room"):
        pack(_FullDisk(), pieces)


def test_nothing_is_added_when_the_work_breaks_off() -> None:
    file = io.BytesIO()
    with pytest.raises(ZeroDivisionError):
        pack(file, (b"1" if number < 3 else bytes(1 // 0) for number in range(4)))
    assert file.getvalue() == b""
