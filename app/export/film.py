"""A film as an animated picture: GIF in 256 colours a frame, PNG and WebP in all of them."""

import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO

import numpy as np

from ..stretched import along
from .apng import apng
from .colours import Pixels
from .few_colours import FewColours
from .gif import gif
from .gif import still as still_gif
from .material import FilmFrame, Format
from .sheet import Sheet
from .webp import still, webp

FIRST_MILLISECONDS = 700
LAST_MILLISECONDS = 2500
_SHORTEST_MILLISECONDS = 20  # browsers show a GIF's frame of less for 100


def durations(steps: Sequence[int], seconds: float) -> list[int]:
    """Says how long each frame is to be seen: milliseconds, in tens as GIF has it.

    Frames take turns as the playhead passes along the page's time axis; the first and the last
    are held, so that one can look at them.
    """
    if len(steps) < 2:
        return [LAST_MILLISECONDS] * len(steps)
    places = np.array([along(step) for step in steps])
    ends = np.rint((places - places[0]) / (places[-1] - places[0]) * seconds * 100).astype(int)
    passing: list[int] = np.maximum(_SHORTEST_MILLISECONDS, 10 * np.diff(ends)).tolist()
    return [max(FIRST_MILLISECONDS, passing[0]), *passing[1:], LAST_MILLISECONDS]


def animate(
    file: BinaryIO, sheet: Sheet, frames: Sequence[FilmFrame], kind: Format, seconds: float
) -> None:
    """Writes the film as a file that plays for ever."""
    milliseconds = durations([frame.step for frame in frames], seconds)
    if kind == "gif":
        few = FewColours(sheet, frames)
        gif(file, map(few.picture, frames), milliseconds)
        return
    pictures: Iterator[Pixels] = (np.asarray(sheet.picture(frame)) for frame in frames)
    (apng if kind == "png" else webp)(file, pictures, milliseconds)


def photographed(sheet: Sheet, frame: FilmFrame, kind: Format) -> bytes:
    """Encodes one frame as a still picture."""
    if kind == "webp":
        return still(np.asarray(sheet.picture(frame)))
    if kind == "gif":
        return still_gif(FewColours(sheet, (frame,)).picture(frame))
    content = io.BytesIO()
    sheet.picture(frame).save(content, "PNG", optimize=True)
    return content.getvalue()
