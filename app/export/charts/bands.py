"""What the filters are: the share of each label over the steps, stacked as the page has it."""

from collections.abc import Sequence
from typing import NamedTuple

from ...inspection.refused import Refused
from ...vocabulary.palette import LABEL_TOKENS, LIGHT
from .. import words
from ..lettering import INK2, PAPER, width_of
from ..material import FilmFrame, Material
from .axes import PERCENT, SMALL, Axes, Name
from .drawing import Area, Drawing, Line, Words

BANDS = {  # from the bottom up: the colour of a band, and of what is written on it
    label: (LIGHT[token], LIGHT[f"on-{token}"]) for label, token in LABEL_TOKENS.items()
}
_NAME_HEIGHT = 15
_PARTS = (-1, -0.6, -0.2, 0.2, 0.6, 1)  # where along a name its band must be high enough


class Band(NamedTuple):
    """One label's shares of the filters, stacked on those below it: floor and roof, 0 to 1."""

    label: str
    floor: tuple[float, ...]
    roof: tuple[float, ...]


def bands_chart(material: Material, width: int) -> Drawing:
    """Draws the chart.

    Raises:
        Refused: the layer was not judged.
    """
    film = material.films[0]
    frames = [frame for frame in film.frames if frame.verdicts is not None]
    if not frames:
        raise Refused(f"{film.layer} has no labels to draw", "view")
    steps = [frame.step for frame in frames]
    bands = stacked(frames)
    there = [band for band in bands if band.roof[-1] > band.floor[-1]]
    ends = [
        Name(f"{_percent(band)} {band.label}", steps[-1], _middle(band), INK2) for band in there
    ]
    axes = Axes(width, max(material.total_steps, steps[-1]), 1.0, ends)
    count = frames[-1].kernel.shape[3]
    head = axes.head(
        words.origin(material),
        "What the filters are",
        f"Share of the {count} filters, in %",
        f"step {steps[-1]}",
        words.claim(frames[-1], film),
    )
    gone = [band for band in bands if band not in there]
    inside = {band.label: _inside(axes, steps, band) for band in gone}
    unnamed = [label for label, name in inside.items() if name is None]
    key = _key(axes, unnamed)
    return Drawing(
        title=f"{words.origin(material)}: {words.claim(frames[-1], film)}",
        width=axes.width,
        height=axes.height,
        shapes=(*_shapes(axes, steps, bands), axes.upright(), *(swatch for swatch, _ in key)),
        words=(
            *head,
            *axes.numbers(PERCENT),
            *filter(None, inside.values()),
            *axes.beside(),
            *(name for _, name in key),
        ),
    )


def stacked(frames: Sequence[FilmFrame]) -> list[Band]:
    """Returns the bands of the labels that occur, from the bottom up."""
    bands = []
    floor = (0.0,) * len(frames)
    for label in BANDS:
        counts = [(frame.verdicts or {})["counts"].get(label, 0) for frame in frames]
        if not any(counts):
            continue
        shares = [n / frame.kernel.shape[3] for n, frame in zip(counts, frames, strict=True)]
        roof = tuple(below + share for below, share in zip(floor, shares, strict=True))
        bands.append(Band(label, floor, roof))
        floor = roof
    return bands


def _shapes(axes: Axes, steps: list[int], bands: list[Band]) -> list[Area | Line]:
    areas = [
        Area(
            axes.through(steps, band.roof) + axes.through(steps, band.floor)[::-1],
            BANDS[band.label][0],
        )
        for band in bands
    ]
    between = [Line(axes.through(steps, band.roof), PAPER, 1.5 * axes.unit) for band in bands[:-1]]
    return [*areas, *between]


def _inside(axes: Axes, steps: list[int], band: Band) -> Words | None:
    """Places a name on a band that is gone at the end: where it is thickest, if it fits there."""
    half = width_of(band.label, SMALL) / 2 + 4
    low, high = axes.x(steps[0]) + half, axes.x(steps[-1]) - half
    best = (0.0, 0.0, 0.0)
    for step in steps if low <= high else ():
        x = min(max(axes.x(step), low), high)
        places = [x + part * half for part in _PARTS]
        floor = min(axes.y(_between(axes, steps, band.floor, place)) for place in places)
        roof = max(axes.y(_between(axes, steps, band.roof, place)) for place in places)
        best = max(best, (floor - roof, x, (floor + roof) / 2))
    room, x, y = best
    if room < _NAME_HEIGHT:
        return None
    name = axes.write(x, y + 4, band.label, SMALL, BANDS[band.label][1])
    return name._replace(anchor="middle")


def _key(axes: Axes, labels: list[str]) -> list[tuple[Area, Words]]:
    """Writes above the chart, at the right, names of bands too thin to bear one, in their
    colours.
    """
    key = []
    right = axes.right
    for label in labels[::-1]:
        left = right - width_of(label, SMALL)
        corners = ((left - 14, 73), (left - 4, 73), (left - 4, 83), (left - 14, 83))
        swatch = Area(tuple(axes.at(*corner) for corner in corners), BANDS[label][0])
        key.append((swatch, axes.write(left, 82, label)))
        right = left - 26
    return key


def _between(axes: Axes, steps: list[int], values: tuple[float, ...], x: float) -> float:
    """Returns the drawn value at `x`, straight between frames."""
    after = next((at for at, step in enumerate(steps) if axes.x(step) >= x), len(steps) - 1)
    left, right = axes.x(steps[max(0, after - 1)]), axes.x(steps[after])
    part = (x - left) / (right - left) if right > left else 0.0
    before = values[max(0, after - 1)]
    return before + min(1.0, part) * (values[after] - before)


def _middle(band: Band) -> float:
    return (band.floor[-1] + band.roof[-1]) / 2


def _percent(band: Band) -> str:
    return words.percent(band.roof[-1] - band.floor[-1])
