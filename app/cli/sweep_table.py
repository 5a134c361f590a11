"""A sweep's map as tables to read: the first axis down, the second across, one for each third."""

from collections.abc import Sequence
from itertools import product
from statistics import fmean
from typing import Any, Final

_SHOWN: Final = {
    "edges": "First filters that see edges or lines",
    "accuracy": "Right answers on validation pictures",
}
_NOTHING: Final = "–"


def counted(count: int, name: str) -> str:
    """Says how many there are: `1 cell`, `1,000 runs`."""
    return f"{count:,} {name}" if count == 1 else f"{count:,} {name}s"


def short_time(seconds: float) -> str:
    """Says about how long something takes, as the page does: `4 s`, `9 min`, `2.5 h`."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def tables(sweep: dict[str, Any]) -> str:
    """Writes the map of each measure that any run has.

    Args:
        sweep: as the interface tells it.
    """
    told = [_table(sweep, measure, title) for measure, title in _SHOWN.items()]
    return "\n\n".join(filter(None, told))


def _table(sweep: dict[str, Any], measure: str, title: str) -> str:
    cells = {tuple(cell["at"]): _cell(cell["seeds"], measure) for cell in sweep["cells"]}
    if not set(cells.values()) - {_NOTHING}:
        return ""
    down, across, *others = [*(axis["words"] for axis in sweep["axes"]), [""]][:3]
    axes = len(sweep["axes"])
    parts = []
    for deep in product(*(range(len(words)) for words in others if axes > 2)):
        rows = [["", *across]]
        for i, word in enumerate(down):
            places = [(i, j, *deep)[:axes] for j in range(len(across))]
            rows.append([word, *(cells.get(at, _NOTHING) for at in places)])
        named = "".join(f", {others[0][k]}" for k in deep)
        parts.append(f"{title}{named}\n{_aligned(rows)}")
    return "\n\n".join(parts)


def _cell(seeds: Sequence[dict[str, Any]], measure: str) -> str:
    """Writes a cell: its mean, what its seeds differ by, and how many of them failed."""
    values = [seed[measure] for seed in seeds if seed[measure] is not None]
    failed = sum(seed["status"] == "failed" for seed in seeds)
    mark = f" ({failed} failed)" if failed else ""
    if not values:
        return f"failed{mark}" if failed == len(seeds) else _NOTHING
    half = (max(values) - min(values)) / 2
    spread = f" ±{half:.3f}" if len(values) > 1 else ""
    return f"{fmean(values):.3f}{spread}{mark}"


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(f"{text:>{width}}" for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
