"""Right answers and error: new pictures in ink, training thin and gray, guessing dotted."""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

from ...inspection.refused import Refused
from ...stretched import members_of_bins
from .. import words
from ..lettering import CONTROL, INK, INK3
from ..material import Material
from .axes import PERCENT, Axes, Name
from .drawing import Drawing, Line

Quantity = Literal["accuracy", "loss"]

_USUAL_ERROR = 2.4  # the page's scale of errors reaches so far at least


class Curve(NamedTuple):
    """Values by step, as they are to be drawn."""

    steps: list[int]
    values: list[float]


def curves_chart(material: Material, quantity: Quantity, width: int) -> Drawing:
    """Draws the chart.

    Raises:
        Refused: nothing is right or wrong in a run that names nothing.
    """
    trained, fresh, total = _told(material, quantity)
    names = _names(quantity, trained, fresh)
    classes = len(material.described.class_names)
    top, ticks = 1.0, PERCENT
    if quantity == "accuracy":
        names += _guessing(classes, total)
    else:
        top = 1.06 * max(_USUAL_ERROR, *trained.values, *fresh.values)
        ticks = round_ticks(top)
    axes = Axes(width, total, top, names)
    shapes = [*axes.rules(ticks), *_lines(axes, trained, fresh)]
    if quantity == "accuracy" and classes:
        level = axes.through((0, total), (1 / classes, 1 / classes))
        shapes.append(Line(level, CONTROL, 1.2 * axes.unit, dotted=True))
    title, measure = _titles(material, quantity)
    now = f"step {max((*trained.steps, *fresh.steps), default=0)}"
    origin = words.origin(material)
    return Drawing(
        title=f"{origin}: {title}, {'; '.join(name.text for name in names)}, at {now}",
        width=axes.width,
        height=axes.height,
        shapes=(*shapes, axes.upright()),
        words=(*axes.head(origin, title, measure, now, ""), *axes.numbers(ticks), *axes.beside()),
    )


def _told(material: Material, quantity: Quantity) -> tuple[Curve, Curve, int]:
    """Returns the curve of training, that of new pictures, and how many steps the axis has."""
    told = material.thinned_curves
    tried = told["evaluations"]
    if told[quantity] is None or tried[f"validation_{quantity}"] is None:
        raise Refused("This run names nothing, so no answer is right or wrong", "view")
    total = max(material.total_steps, *told["step"], *tried["step"], 1)
    fresh = Curve(tried["step"], tried[f"validation_{quantity}"])
    return decimated(told["step"], told[quantity], told["count"]), fresh, total


def decimated(
    steps: list[int], values: Sequence[float | None], counts: list[int] | None = None
) -> Curve:
    """Averages in bins along the stretched axis, as the page draws them: what the eye tells
    apart.

    Args:
        values: None where nothing was measured.
        counts: how many steps each stands for; one unless said.
    """
    weights = counts or [1] * len(steps)
    ends, means = [], []
    for members in members_of_bins(steps):
        there = [(value, weights[at]) for at in members if (value := values[at]) is not None]
        if there:
            ends.append(steps[members[-1]])
            total = sum(weight for _, weight in there)
            means.append(sum(value * weight for value, weight in there) / total)
    return Curve(ends, means)


def round_ticks(most: float) -> tuple[tuple[float, str], ...]:
    """Returns two to four round numbers from 0 on, with their texts.

    >>> round_ticks(2.5)
    ((0.0, '0'), (1.0, '1'), (2.0, '2'))
    """
    power = 10.0 ** math.floor(math.log10(most))
    wide = next((p * power for p in (0.5, 1, 2, 5) if most / (p * power) <= 3.5), power)
    return tuple((n * wide, _shortened(n * wide)) for n in range(math.floor(most / wide) + 1))


def _shortened(value: float) -> str:
    """Writes a number with five letters at most, as the page does.

    >>> [_shortened(value) for value in (0.5, 2000.0, 50_000.0, 3e6)]
    ['0.5', '2000', '50k', '3M']
    """
    unit, sign = (1e6, "M") if value >= 1e6 else (1e3, "k") if value >= 1e4 else (1, "")
    return f"{value / unit:g}{sign}"


def _names(quantity: Quantity, trained: Curve, fresh: Curve) -> list[Name]:
    def said(value: float) -> str:
        return words.percent(value) if quantity == "accuracy" else f"{value:.2f}"

    named = (("new pictures", fresh, INK), ("training", trained, INK3))
    return [
        Name(f"{name} {said(curve.values[-1])}", curve.steps[-1], curve.values[-1], colour)
        for name, curve, colour in named
        if curve.steps
    ]


def _lines(axes: Axes, trained: Curve, fresh: Curve) -> list[Line]:
    looks: tuple[tuple[Curve, str, float], ...] = ((trained, INK3, 1.0), (fresh, INK, 2.2))
    return [
        Line(axes.through(curve.steps, curve.values), colour, thick * axes.unit)
        for curve, colour, thick in looks
        if len(curve.steps) > 1
    ]


def _titles(material: Material, quantity: Quantity) -> tuple[str, str]:
    if quantity == "accuracy":
        return "Right answers", "Share of pictures classified correctly, in %"
    return "Error", _MEASURES[material.described.objective]


_MEASURES: dict[str | None, str] = {
    "classify": "Loss: mean cross-entropy",
    "sparse-code": "Reconstruction + sparsity",
    None: "Loss",
}


def _guessing(classes: int, total: int) -> list[Name]:
    """Returns what guessing would reach, where it is known how many classes there are."""
    share = 1 / classes if classes else 0.0
    return [Name(f"guessing {words.percent(share)}", total, share, INK3)] if classes else []
