"""Whether the filters in a file of weights are healthy."""

from collections import Counter
from pathlib import Path

from ..checking.report import HealthReport, report_of
from ..checking.rules import Limits, Measured, checks_of
from ..reading.contents import Contents, FoundLayer
from ..reading.files import Layout
from .describing import ToldLayer, layers_told, read_bounded


def checked_file(
    path: Path, against: Path | None, limits: Limits, layout: Layout | None, cache_folder: Path
) -> HealthReport:
    """Checks a file, read in bounded time and memory.

    Args:
        against: a file of the same network, by which it is measured how far each layer has come.
        layout: the order of a kernel's axes, for files that don't say it.
        cache_folder: where the null tables of the edge metric are kept.

    Raises:
        WeightsUnreadable: one of the files can't be read, with the reason.
    """
    contents = read_bounded(path, layout)
    before: list[FoundLayer | None] = []
    if against is not None:
        before = _matched(contents, read_bounded(against, layout))
    told = layers_told(contents, cache_folder, before)
    measured = [_measured(layer, against, place, before) for place, layer in enumerate(told)]
    return report_of(path.name, checks_of(measured, limits), list(contents.notes))


def _matched(contents: Contents, other: Contents) -> list[FoundLayer | None]:
    """Finds each layer in another file: by its title where that stands once, else by its place."""
    mine, theirs = _with_kernels(contents), _with_kernels(other)
    counts = Counter(layer.described.title for layer in theirs)
    by_title = {layer.described.title: layer for layer in theirs}
    found: list[FoundLayer | None] = []
    for place, layer in enumerate(mine):
        title = layer.described.title
        match = by_title[title] if counts[title] == 1 else None
        if match is None and len(mine) == len(theirs):
            match = theirs[place]
        is_same = match is not None and match.shape == layer.shape
        found.append(match if is_same else None)
    return found


def _with_kernels(contents: Contents) -> list[FoundLayer]:
    return [layer for layer in contents.layers if layer.described.shape is not None]


def _measured(
    told: ToldLayer, against: Path | None, place: int, before: list[FoundLayer | None]
) -> Measured:
    unmeasured = None
    if against is not None and before[place] is None:
        unmeasured = f"{against.name} holds no layer like it"
    elif against is not None and told.health is not None and "change" not in told.health:
        unmeasured = f"{against.name} holds NaN or infinity in it"
    return Measured(
        told.described.title,
        told.described.kind,
        told.described.shape or (),
        told.health,
        told.verdicts,
        told.problem,
        unmeasured,
    )
