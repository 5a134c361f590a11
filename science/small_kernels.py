"""What the prose of docs/science.md says about kernels of 3×3: name → text."""

from typing import Any

import numpy as np

from science import reference, tables
from science.chance import PLANE_LEVEL
from science.experiments import KERAS_STEPS, SLOW_STEPS
from science.words import decimal, percent


def training(runs: dict[str, Any]) -> dict[str, str]:
    """Measures how 3×3 kernels move, and how many end oriented, under three optimisers."""
    keras, adam, slow = (runs["keras-mnist" + how] for how in ("", ", adam", ", slow"))
    return {
        "keras_steps": str(KERAS_STEPS),
        "slow_steps": str(SLOW_STEPS),
        "small_filters": str(keras["filters"]),
        "keras_oriented": percent(float(np.mean(tables.last(keras, "oriented")))),
        "adam_oriented": percent(float(np.mean(tables.last(adam, "oriented")))),
        "adam_oriented_reference": percent(reference.ADAM_ORIENTED),
        "adam_change": decimal(float(np.mean(adam["change"])), 2),
        "adam_correlation": decimal(float(np.mean(adam["correlation"])), 2),
        "adam_change_reference": decimal(reference.ADAM_CHANGE, 0),
        "adam_correlation_reference": decimal(reference.ADAM_CORRELATION, 2),
        "slow_change": decimal(float(np.mean(slow["change"])), 4),
        "slow_change_reference": decimal(reference.SLOW_ADADELTA_CHANGE),
    }


def planes(figures: dict[str, Any]) -> dict[str, str]:
    """Returns what the plane test finds, in trained layers and by chance."""
    runs = figures["runs"]
    counts = [pair for name in ("keras-mnist", "keras-mnist, adam") for pair in runs[name]["plane"]]
    first, last = ([pair[place] for pair in counts] for place in (0, 1))
    found = [row["found"] for row in figures["planes"]]
    oriented_r2 = {
        row["size"]: row["median_oriented_r2"] for row in figures["null"] if row["channels"] == 1
    }
    return {
        "plane_level": decimal(PLANE_LEVEL, 2),
        "plane_first": f"{min(first)} to {max(first)}",
        "plane_last": f"{min(last)} to {max(last)}",
        "plane_expected": decimal(PLANE_LEVEL * runs["keras-mnist"]["filters"], 1),
        "plane_false": f"{min(found):.3f} to {max(found):.3f}",
        "plane_false_reference": " to ".join(map(decimal, reference.PLANE_FALSE_POSITIVES)),
        "chance_r2_3": percent(oriented_r2[3], 0),
        "chance_r2_9": percent(oriented_r2[9], 0),
    }
