"""`render(material, wanted)`: the file that was asked for. Runs in the process aside."""

import os

from ..inspection.refused import Refused
from .film import animated, photographed
from .material import ExportRequest, Film, FilmFrame, Material
from .sheet import Sheet
from .tables import arrays_npz, filters_csv

MOST_PIXELS = 120_000_000  # of all frames together: some four seconds
_NICENESS = 5  # an export can wait; training and the page can't


def render(material: Material, wanted: ExportRequest) -> bytes:
    """Makes the content of the file.

    Raises:
        Refused: the picture would be too large, or the layer has nothing for such a table.
    """
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, 0, _NICENESS)
    if wanted.format == "npz":
        return arrays_npz(material)
    if wanted.format == "csv":
        curves = wanted.table == "curves"
        return (material.curves_csv if curves else filters_csv(material.films[0])).encode()
    if wanted.format == "html":
        from .page import offline_page

        return offline_page(material, wanted.frames).encode()
    if wanted.view != "filters":
        from .charts import chart, painted, written

        return (written if wanted.format == "svg" else painted)(chart(material, wanted))
    return _picture(material, wanted)


def _picture(material: Material, wanted: ExportRequest) -> bytes:
    film = material.films[0]
    sheet = Sheet(material, film, wanted.scale, wanted.width)
    if wanted.format == "svg":
        from .vector import drawn

        return drawn(sheet, _frame(film, wanted.step)).encode()
    frames = film.thinned(wanted.frames) if wanted.step is None else ()
    _check_size(sheet, max(1, len(frames)))
    if len(frames) < 2:
        return photographed(sheet, _frame(film, wanted.step), wanted.format)
    return animated(sheet, frames, wanted.format, wanted.seconds)


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
