"""What first filters are worth that somebody made by hand: the table and its facts."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from science.experiments import BESIDE_GABORS, OWN_FILTERS, SEEDS
from science.words import decimal, spread, table

Runs = dict[str, Any]
_PLACES = 4  # test sets of 2,000 and 10,000 pictures have no more


def accuracies(runs: Runs) -> str:
    """Tabulates test accuracy seed by seed: the preset, and beside it each way of `OWN_FILTERS`."""
    rows = []
    for preset in BESIDE_GABORS:
        for words in ("learned", *OWN_FILTERS):
            found = _of(runs, preset, words)
            each = [decimal(value, _PLACES) for value in found]
            rows.append([f"`{preset}`, {words}", *each, spread(found, _PLACES)])
    seeds = [f"seed {seed}" for seed in SEEDS]
    return table(["first filters", *seeds, "mean ± deviation"], rows)


def facts(runs: Runs) -> dict[str, str]:
    """Returns the differences in words, each with what the seeds make of it."""
    return {
        f"own_{preset.partition('-')[0]}_{key}": _difference(
            _of(runs, preset, one), _of(runs, preset, other)
        )
        for preset in BESIDE_GABORS
        for key, one, other in (
            ("gabors", "Gabors frozen", "learned"),
            ("free", "Gabors free", "Gabors frozen"),
            ("random", "random frozen", "learned"),
        )
    }


def _of(runs: Runs, preset: str, words: str) -> list[float]:
    found: list[float] = runs[preset if words == "learned" else f"{preset}, {words}"]["accuracy"]
    return found


def is_beyond_the_seeds(one: Sequence[float], other: Sequence[float]) -> bool:
    """Tells whether two means are further apart than the seeds of either are from each other."""
    apart = abs(np.mean(one) - np.mean(other))
    return bool(apart > max(np.ptp(one), np.ptp(other)))


def _difference(one: list[float], other: list[float]) -> str:
    """Writes how far apart two means are, and what the seeds make of it.

    >>> _difference([0.9, 0.91, 0.89], [0.8, 0.82, 0.81])
    '0.090 higher (beyond the spread)'
    """
    apart = float(np.mean(one) - np.mean(other))
    place = "beyond" if is_beyond_the_seeds(one, other) else "within"
    return f"{abs(apart):.3f} {'higher' if apart > 0 else 'lower'} ({place} the spread)"
