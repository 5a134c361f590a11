"""One thing changed at a time: the two controls, and weight decay."""

from typing import Any

import numpy as np

from science.experiments import CONTROLLED
from science.svg.drawing import Drawing
from science.svg.panel import Axis, Panel, step_axis

_KINDS = ("first", "second", "third")


def controls(runs: dict[str, Any]) -> str:
    """Draws the score of two presets beside their controls'."""
    drawing = Drawing(760, 270)
    for place, preset in enumerate(CONTROLLED):
        compared = {
            "as it is": runs[preset],
            "shuffled pixels": runs[f"{preset}, shuffled pixels"],
            "random labels": runs[f"{preset}, random labels"],
        }
        _compare(drawing, 52 + 370 * place, preset, compared)
    return drawing.render(
        "The two controls",
        "The edge score rises with natural data and stays at zero with shuffled pixels or random "
        "labels.",
    )


def weight_decay(runs: dict[str, Any]) -> str:
    """Draws the score of `mnist-strokes` with and without weight decay."""
    drawing = Drawing(430, 270)
    compared = {
        "with weight decay": runs["mnist-strokes"],
        "without": runs["mnist-strokes, no decay"],
    }
    _compare(drawing, 52, "mnist-strokes", compared)
    return drawing.render(
        "Weight decay on and off", "The edge score is higher with weight decay than without it."
    )


def _compare(drawing: Drawing, left: float, title: str, compared: dict[str, Any]) -> None:
    last = max(run["step"][-1] for run in compared.values())
    across, up = step_axis(last), Axis(0, 0.65, (0, 0.2, 0.4, 0.6))
    panel = Panel(drawing, (left, 44, 290, 170), across, up)
    panel.title(f"{title}: mean edge score")
    for place, (name, run) in enumerate(compared.items()):
        kind = _KINDS[place]
        for course in run["score"]:
            panel.curve(run["step"], course, f"{kind}-seed")
        panel.curve(run["step"], np.mean(run["score"], axis=0).tolist(), kind)
        panel.name(0, 0.6 - 0.06 * place, name, f"{kind}-name")
