"""A preset's training: score and oriented share of every seed, and what the filters become."""

from itertools import accumulate
from typing import Any

import numpy as np

from app.vocabulary.labels import LABELS
from science.svg.drawing import Drawing
from science.svg.panel import Axis, Panel, share_axis, step_axis
from science.svg.theme import LABEL_KIND

_WIDTH, _HEIGHT = 780, 270
_TOP, _DEEP = 44, 170
_TICKS = (0, 0.25, 0.5, 0.75, 1)
_NEVER_SEEN = 0.01  # a label that never reaches this share is left out of the key


def training(name: str, run: dict[str, Any]) -> str:
    """Draws score and oriented share, each seed thin and their mean thick; at the right the
    labels.
    """
    drawing = Drawing(_WIDTH, _HEIGHT)
    across = step_axis(run["step"][-1])
    left = Panel(drawing, (52, _TOP, 290, _DEEP), across, Axis(0, 1, _TICKS))
    left.title(f"{name}: {len(run['seeds'])} seeds")
    for measure, kind in (("oriented", "first"), ("score", "second")):
        for course in run[measure]:
            left.curve(run["step"], course, f"{kind}-seed")
        left.curve(run["step"], np.mean(run[measure], axis=0).tolist(), kind)
    left.name(0, 0.93, "share labelled edge or line", "first-name")
    left.name(0, 0.83, "mean edge score", "second-name")
    right = Panel(drawing, (420, _TOP, 250, _DEEP), across, share_axis(""))
    right.title("labels, mean over the seeds")
    _stack(right, run)
    _name_labels(drawing, run)
    return drawing.render(
        f"Training {name}",
        "Edge score and share of oriented filters over the steps, and the share of each label.",
    )


def _stack(panel: Panel, run: dict[str, Any]) -> None:
    steps = run["step"]
    shares = np.array([run["label"][label] for label in LABELS])
    tops = list(accumulate(shares))
    below = np.zeros(len(steps))
    for label, top in zip(LABELS, tops, strict=True):
        if (top - below).max() > 0:
            panel.band(steps, below.tolist(), np.minimum(top, 1).tolist(), LABEL_KIND[label])
        below = top
    for top in tops[:-1]:
        panel.curve(steps, np.minimum(top, 1).tolist(), "between")


def _name_labels(drawing: Drawing, run: dict[str, Any]) -> None:
    """Draws a key to the right of the stack, in its order."""
    seen = [label for label in LABELS if max(run["label"][label]) >= _NEVER_SEEN]
    for row, label in enumerate(seen):
        top = _TOP + _DEEP - 12 - 20 * row
        drawing.area([(682, top), (694, top), (694, top + 12), (682, top + 12)], LABEL_KIND[label])
        drawing.text(700, top + 10, label)
