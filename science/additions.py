"""What training added, on the page: what noise and trainings did, and what may be claimed of it."""

from typing import Any

import numpy as np

from app.analysis import chance_of, likelihood
from science.experiments import ADDED, SPOILED
from science.words import decimal, percent, percents, spread, table

Figures = dict[str, Any]
Runs = dict[str, Any]
_SMALL = "keras-mnist"


def noise(rows: list[dict[str, Any]]) -> str:
    """Tabulates how much of added noise is called oriented, by size and channels."""
    head = ["kernel", "white, worst", "white, mean", "smooth, worst", "score of white"]
    found = [
        [
            f"{row['size']}×{row['size']}×{row['channels']}",
            *(percent(row[kind], 2) for kind in ("white", "mean", "smooth")),
            decimal(row["score"]),
        ]
        for row in rows
    ]
    return table(head, found)


def trainings(runs: Runs) -> str:
    """Tabulates the presets and their controls: how much was left of the start, what was added."""
    rows = []
    for preset in ADDED:
        for suffix in ("", *(f", {words}" for words in SPOILED)):
            run = runs.get(preset + suffix)
            if run is None:
                continue
            added = run["added"]
            ends = [course[-1] for course in run["oriented"]]
            rows.append(
                [
                    f"`{preset}`{suffix}",
                    *(spread(values, 2) for values in (added["left"], ends, added["oriented"])),
                    spread(added["score"]),
                ]
            )
    return table(["", "of the start is left", "W oriented", "added: oriented", "score"], rows)


def facts(figures: Figures) -> dict[str, str]:
    """Returns what the prose says of additions."""
    runs, noise_rows = figures["runs"], figures["added"]
    small, larger = (
        _counts(runs, [_SMALL]),
        _counts(runs, [name for name in ADDED if name != _SMALL]),
    )
    smooth = [row["smooth"] for row in noise_rows if row["size"] > 3]
    return {
        "added_noise_table": noise(noise_rows),
        "added_table": trainings(runs),
        "added_white": percent(max(row["white"] for row in noise_rows), 2),
        "added_smooth": percents(min(smooth), max(smooth)),
        "added_smooth_small": percent(max(r["smooth"] for r in noise_rows if r["size"] == 3), 2),
        "added_controls_small": _of(*small),
        "added_controls_larger": _of(*larger),
        "added_chance_small": percent(chance_of(3)),
        "added_chance": percent(chance_of(5)),
        "added_needs_small": str(_needed(32, 3)),
        "added_needs": str(_needed(16, 7)),
        **_keras(runs),
    }


def _keras(runs: Runs) -> dict[str, str]:
    run, whole = runs[_SMALL], runs[f"{_SMALL}, whole"]
    added, filters, end = run["added"], run["filters"], whole["added"]
    counts = [round(share * filters) for share in added["oriented"]]
    least = min(counts)
    return {
        "added_keras_counts": ", ".join(map(str, counts[:-1])) + f" and {counts[-1]}",
        "added_keras_filters": str(filters),
        "added_keras_steps": str(run["step"][-1]),
        "added_keras_likely": decimal(likelihood(least, filters, chance_of(3)), 4),
        "added_keras_growth": percent(float(np.mean(added["growth"])), 0),
        "added_keras_nearness": decimal(float(np.mean(added["nearness"])), 2),
        "added_whole_steps": f"{whole['step'][-1]:,}",
        "added_whole_count": str(round(end["oriented"][0] * filters)),
        "added_whole_score": decimal(end["score"][0], 2),
        "added_whole_accuracy": percent(whole["accuracy"][0]),
        "added_whole_growth": percent(end["growth"][0], 0),
        "added_whole_nearness": decimal(end["nearness"][0], 2),
        "added_whole_own": str(round(whole["oriented"][0][-1] * filters)),
    }


def _counts(runs: Runs, presets: list[str]) -> tuple[int, int]:
    """Counts the filters to which controls added an edge or a line, and all there were."""
    found = [
        (share * run["filters"], run["filters"])
        for preset in presets
        for words in SPOILED
        if (run := runs.get(f"{preset}, {words}")) is not None
        for share in run["added"]["oriented"]
    ]
    return round(sum(count for count, _ in found)), sum(filters for _, filters in found)


def _of(count: int, filters: int) -> str:
    return f"{count} of {filters:,} ({percent(count / filters)})"


def _needed(filters: int, size: int) -> int:
    """Returns how many oriented filters are more than chance gives, once in a hundred layers."""
    counts = range(filters + 1)
    return next(count for count in counts if likelihood(count, filters, chance_of(size)) < 0.01)
