"""Files that lie together as the frames of a film: those of one network, in the order of steps."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..external.described import StepUnit
from ..reading.contents import Contents, FoundLayer, WeightsUnreadable
from ..reading.files import Layout
from ..reading.named_steps import natural, numbered
from .files import LONE_BYTES, MOST_FILES, FileToOpen
from .kept_layers import Arrays, kept_frame
from .limits import bounded_time
from .unreadable import said, weights_in

_FILM_BYTES: Final = 64 * 1024**2  # of weights that all frames of a film keep together, about
_FRAME_BYTES: Final = 8 * 1024**2  # that one of them keeps, at most
_LEAST_BYTES: Final = 256 * 1024  # that each may keep, however many there are

Network = tuple[tuple[str, tuple[int, ...] | None], ...]


class UnshownFile(NamedTuple):
    """A file that isn't in the film, and why, as a sentence without its full stop."""

    name: str
    why: str


@dataclass
class OpenedFrame:
    """One frame: what its file holds, and where its weights lie in the draft."""

    name: str
    contents: Contents
    arrays: Arrays
    without: tuple[str, ...]
    start: int
    size: int
    step: int = 0


class FoundFilm(NamedTuple):
    """Files of one network in the order of their steps.

    Attributes:
        unit: what a step is; None where the files were only counted.
    """

    files: list[OpenedFrame]
    unit: StepUnit | None
    left_out: list[UnshownFile]


def film_of(files: Sequence[FileToOpen], layout: Layout | None, draft: BinaryIO) -> FoundFilm:
    """Reads files and puts them in order; their weights are written to the draft, one by one.

    Raises:
        WeightsUnreadable: none of them can be read, with the reason of the first.
    """
    if len(files) > MOST_FILES:
        raise WeightsUnreadable(f"these are {len(files):,} files; open {MOST_FILES:,} at most")
    room = max(_LEAST_BYTES, min(_FRAME_BYTES, _FILM_BYTES // max(1, len(files))))
    room = LONE_BYTES if len(files) == 1 else room
    opened, left_out = [], []
    for file in sorted(files, key=lambda file: natural(file.name)):
        try:
            opened.append(_opened(file, layout, room, draft))
        except WeightsUnreadable as why:
            left_out.append(UnshownFile(file.name, str(why)))
    if not opened:
        raise WeightsUnreadable(_why_none(left_out, len(files)))
    alike, others = _of_one_network(opened)
    ordered, unit, unordered = _in_order(alike)
    return FoundFilm(ordered, unit, [*left_out, *others, *unordered])


def _opened(file: FileToOpen, layout: Layout | None, room: int, draft: BinaryIO) -> OpenedFrame:
    with bounded_time():
        contents = said(lambda: weights_in(file.path, layout))
        kept = said(lambda: kept_frame(contents, room))
    contents = _without_weights(contents)
    start = draft.tell()
    draft.writelines(kept.pieces)
    size = draft.tell() - start
    return OpenedFrame(file.name, contents, kept.arrays, tuple(kept.left_out), start, size)


def _without_weights(contents: Contents) -> Contents:
    """Lets go of the file: what reads its layers may hold all of it."""
    layers = tuple(FoundLayer(layer.described, _gone) for layer in contents.layers)
    return replace(contents, layers=layers)


def _gone() -> NDArray[np.float32]:
    raise WeightsUnreadable("its weights were read before")


def _of_one_network(opened: list[OpenedFrame]) -> tuple[list[OpenedFrame], list[UnshownFile]]:
    """Keeps the files of the network that most of them hold."""
    networks = [_network_of(file.contents) for file in opened]
    [(network, count)] = Counter(networks).most_common(1)
    why = f"its layers are others than those of the {count} files that are shown"
    if count == 1:
        why = f"its layers are others than those of {opened[0].name}"
    alike = [file for file, own in zip(opened, networks, strict=True) if own == network]
    others = [file for file, own in zip(opened, networks, strict=True) if own != network]
    return alike, [UnshownFile(file.name, why) for file in others]


def _in_order(
    alike: list[OpenedFrame],
) -> tuple[list[OpenedFrame], StepUnit | None, list[UnshownFile]]:
    """Gives the files by their steps: those of their names, else those that they hold."""
    told = numbered([file.name for file in alike])
    inside = [file.contents.step for file in alike]
    if told.unit is None and None not in inside and len(set(inside)) == len(alike):
        steps: Sequence[int | None] = inside
        unit: StepUnit | None = alike[0].contents.step_unit
    else:
        steps = told.steps
        unit = None if told.unit is None else ("epoch" if told.unit == "epoch" else "update")
    ordered, left_out = [], []
    taken: dict[int | None, str] = {}
    for file, step in zip(alike, steps, strict=True):
        if step is None and len(alike) > 1:
            why = "neither its name nor the file tells its step, as those of the others do"
            left_out.append(UnshownFile(file.name, why))
        elif step in taken:
            left_out.append(UnshownFile(file.name, f"it is of the same step as {taken[step]}"))
        else:
            taken[step], file.step = file.name, step or 0
            ordered.append(file)
    return sorted(ordered, key=lambda file: file.step), unit, left_out


def _network_of(contents: Contents) -> Network:
    return tuple((layer.described.kind, layer.described.shape) for layer in contents.layers)


def _why_none(left_out: list[UnshownFile], count: int) -> str:
    if count == 1:
        return left_out[0].why
    if not left_out:
        return "there is no file in it"
    first = left_out[0]
    return f"none of the {count} files holds weights; the first, {first.name}: {first.why}"
