"""White noise, smooth noise and trained filters on the plane of the two questions."""

from typing import Any

from science.svg.drawing import Drawing
from science.svg.panel import Axis, Panel

_KINDS = {"white": "fourth", "smooth": "second", "trained": "first"}
_NAMES = {"white": "white noise", "smooth": "smooth noise", "trained": "trained filters"}
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def separation(cases: dict[str, Any]) -> str:
    """Draws one panel a preset, with the threshold and the gate as lines."""
    drawing = Drawing(760, 346)
    for place, (preset, case) in enumerate(cases.items()):
        left = 52.0 + 370 * place
        drawing.text(
            left, 28, f"{preset}: {case['size']}×{case['size']}, {case['channels']} in", "title"
        )
        box = (left, 62.0, 290.0, 230.0)
        across = Axis(0, 1, _TICKS, "share that the best edge or line explains")
        panel = Panel(drawing, box, across, Axis(0, 1, _TICKS, "" if place else "coherence"))
        panel.upright(case["threshold"], "")
        panel.level(case["gate"], "gate")
        for kind, points in case["points"].items():
            panel.dots(points, f"{_KINDS[kind]}-dot")
        for column, kind in enumerate(_KINDS):
            drawing.text(left + 95 * column, 48, _NAMES[kind], f"{_KINDS[kind]}-name")
    return drawing.render(
        "Two questions",
        "White noise fails both tests, smooth noise fits templates but has no direction, trained "
        "filters pass both.",
    )
