"""What chance is called: fresh kernels by initialiser and size, smooth noise by its blur."""

from typing import Any

from science.chance import BLURS, CHANNELS, INITIALIZERS, SIZES, SMOOTH_SIZES
from science.reference import FRESH_ORIENTED
from science.svg.drawing import Drawing
from science.svg.panel import Axis, Panel, share_axis

_KINDS = ("first", "second", "third", "fourth")
_PLACES = ((52, 44, 290, 170), (422, 44, 290, 170))


def false_positives(fresh: list[dict[str, Any]]) -> str:
    """Draws the share of fresh kernels called edge or line, by size, for one and three channels."""
    drawing = Drawing(760, 270)
    up = share_axis("", 0.01, (0, 0.0025, 0.005, 0.0075, 0.01))
    across = Axis(SIZES[0], SIZES[-1], SIZES, "kernel size (height and width)")
    for channels, place in zip(CHANNELS, _PLACES, strict=True):
        panel = Panel(drawing, place, across, up)
        panel.title(f"fresh kernels called edge or line, {_channels(channels)}")
        for order, initializer in enumerate(INITIALIZERS):
            rows = _rows(fresh, channels=channels, initializer=initializer)
            shares = [row["shares"]["edge"] + row["shares"]["line"] for row in rows]
            kind = _KINDS[order]
            panel.curve(SIZES, shares, kind)
            panel.dots(list(zip(SIZES, shares, strict=True)), f"{kind}-dot", 3)
            panel.name(7, 0.006 - 0.00085 * order, initializer, f"{kind}-name")
        panel.level(FRESH_ORIENTED, "bound")
    return drawing.render(
        "False positives on fresh kernels",
        "The share of random kernels called edge or line falls with their size and stays below "
        "the bound.",
    )


def smooth_noise(smooth: list[dict[str, Any]]) -> str:
    """Draws the share of blurred noise that fits a template, and that passes both tests, by the
    blur.
    """
    drawing = Drawing(760, 270)
    across = Axis(BLURS[0], BLURS[-1], (0, 0.08, 0.16, 0.24, 0.32), "blur, in kernel sizes")
    parts = (("fitting", "an edge or line fits"), ("oriented", "and both tests are passed"))
    for (measure, title), place in zip(parts, _PLACES, strict=True):
        panel = Panel(drawing, place, across, share_axis(""))
        panel.title(f"smooth noise: {title}")
        for order, size in enumerate(SMOOTH_SIZES):
            (row,) = _rows(smooth, size=size, channels=1)
            panel.curve(BLURS, row[measure], _KINDS[order])
            top = (0.34 if measure == "fitting" else 0.93) - 0.095 * order
            panel.name(0.245, top, f"{size}×{size}", f"{_KINDS[order]}-name")
    return drawing.render(
        "Smooth noise",
        "Blurred noise fits edges and lines easily; few kernels also keep to one direction.",
    )


def _channels(count: int) -> str:
    return "1 channel" if count == 1 else f"{count} channels"


def _rows(rows: list[dict[str, Any]], **wanted: object) -> list[dict[str, Any]]:
    return [row for row in rows if all(row[key] == value for key, value in wanted.items())]
