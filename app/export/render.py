"""`render(file, material, wanted)`: the file that was asked for. Runs in the process aside."""

import os
from collections.abc import Iterable
from typing import BinaryIO

from ..inspection.refused import Refused
from .film import animate, photographed
from .laid_out import laid
from .material import ExportRequest, Film, FilmFrame, Material
from .see_through import Box, png_without_paper, svg_without_paper
from .sheet import Sheet
from .tables import filters_csv, write_arrays

MOST_PIXELS = 120_000_000  # of all frames together: some four seconds
_NICENESS = 5  # an export can wait; training and the page can't


def render(file: BinaryIO, material: Material, wanted: ExportRequest) -> None:
    """Writes the content to a file that can be gone back in.

    Raises:
        Refused: the picture would be too large, or the layer has nothing for such a table.
    """
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, 0, _NICENESS)
    if wanted.format == "npz":
        write_arrays(file, material)
        return
    table, material = material.films[0], laid(material)
    if wanted.format == "csv":
        if wanted.table == "curves":
            material.write_curves(file, wanted.style)
        else:
            file.write(filters_csv(table, wanted.style).encode())
    elif wanted.format == "html":
        from .page import offline_page

        file.write(offline_page(material, wanted.frames).encode())
    elif wanted.view != "filters":
        from .charts import chart, painted, written

        picture = (written if wanted.format == "svg" else painted)(chart(material, wanted))
        file.write(_on_ground(picture, wanted))
    else:
        _picture(file, material, wanted)


def _picture(file: BinaryIO, material: Material, wanted: ExportRequest) -> None:
    film = material.films[0]
    sheet = Sheet(material, film, wanted.scale, wanted.width)
    if wanted.format == "svg":
        from .vector import drawn

        file.write(_on_ground(drawn(sheet, _frame(film, wanted.step)).encode(), wanted))
        return
    frames = film.thinned(wanted.frames) if wanted.step is None else ()
    _check_size(sheet, max(1, len(frames)))
    if len(frames) < 2:
        picture = photographed(sheet, _frame(film, wanted.step), wanted.format)
        file.write(_on_ground(picture, wanted, sheet.solid))
    else:
        animate(file, sheet, frames, wanted.format, wanted.seconds)


def _on_ground(picture: bytes, wanted: ExportRequest, solid: Iterable[Box] = ()) -> bytes:
    if wanted.background == "white":
        return picture
    if wanted.format == "svg":
        return svg_without_paper(picture)
    return png_without_paper(picture, solid)


def _frame(film: Film, step: int | None) -> FilmFrame:
    return next((frame for frame in film.frames if frame.step == step), film.frames[-1])


def _check_size(sheet: Sheet, frames: int) -> None:
    area = sheet.fit.width * sheet.fit.height
    if area * frames <= MOST_PIXELS:
        return
    size = f"{frames} frames of {sheet.fit.width}×{sheet.fit.height} pixels"
    message = f"{size} are too many; at most {MOST_PIXELS // 10**6} million pixels are drawn"
    if frames > 1 and area * 2 <= MOST_PIXELS:
        raise Refused(message, "frames", MOST_PIXELS // area)
    raise Refused(message, "width", int(sheet.fit.width * (MOST_PIXELS / area / frames) ** 0.5))
