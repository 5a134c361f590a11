"""Accuracies of several ways to come by first filters, seed by seed, as a table to read."""

from collections.abc import Mapping, Sequence
from statistics import fmean, stdev

from ..recipe.comparison import FREE, FROZEN, LEARNED, RANDOM, Way

Accuracies = Mapping[Way, Sequence[float]]
FEWEST_SEEDS = 3  # with fewer, chance alone would pass for a difference too often

_WORDS = {
    LEARNED: "learned",
    FROZEN: "{}, frozen",
    FREE: "{}, free to learn",
    RANDOM: "random, frozen",
}
_NOTE = "* further from learned ones than the seeds of either are from each other"


def table(filters: str, seeds: Sequence[int], found: Accuracies) -> str:
    """Writes a line for each way: its seeds, their mean and standard deviation, and how far that
    is from the learned ones' mean.
    """
    named = {way: words.format(filters) for way, words in _WORDS.items()}
    width = max(map(len, ["first filters", *named.values()]))
    head = [f"seed {seed}" for seed in seeds]
    head += ["mean", "± seeds", "− learned"] if len(seeds) > 1 else []
    lines = [f"{'first filters':{width}}  {'  '.join(f'{cell:>9}' for cell in head)}"]
    for way, values in found.items():
        cells = [f"{value:.4f}" for value in values]
        if len(seeds) > 1:
            cells += [f"{fmean(values):.4f}", f"{stdev(values):.4f}"]
            cells += ["" if way is LEARNED else _difference(values, found[LEARNED])]
        lines.append(f"{named[way]:{width}}  {'  '.join(f'{cell:>9}' for cell in cells)}".rstrip())
    if any(line.endswith("*") for line in lines):
        lines.append(_NOTE)
    return "\n".join(lines)


def _difference(values: Sequence[float], learned: Sequence[float]) -> str:
    apart = fmean(values) - fmean(learned)
    spread = max(max(seeds) - min(seeds) for seeds in (values, learned))
    is_beyond = len(values) >= FEWEST_SEEDS and abs(apart) > spread
    return f"{apart:+.4f}{'*' if is_beyond else ' '}"
