"""How kernels begin, initialiser by initialiser, for those who ask over the interface."""

from typing import Any

import numpy as np

from ..analysis.beginnings import Beginning, beginning
from ..analysis.formulas import mathml_of
from ..engine.initializers import SCALED
from .arrays import packed
from .refused import Missing, Refused

_EXAMPLE = (3, 3, 1, 32)


def starts() -> dict[str, Any]:
    """Returns every initialiser with its formula."""
    return {"initializers": [_formula(beginning(name, _EXAMPLE)) for name in SCALED]}


def start(name: str, shape: tuple[int, ...], seed: int) -> dict[str, Any]:
    """Gives what the initialiser does to kernels of `shape`.

    Raises:
        Missing: there is no such initialiser.
        Refused: the shape has no fans.
    """
    if name not in SCALED:
        message = "There is no such initialiser; /api/initializers lists those there are"
        raise Missing(message, "initializer_unknown", "name")
    try:
        facts = beginning(name, shape, seed)
    except ValueError as reason:
        raise Refused(str(reason), "shape") from None
    sample = facts.sample.astype(np.float64)
    wrong = facts.without_square_root
    return {
        **_formula(facts),
        "shape": list(shape),
        "seed": seed,
        "fan_in": facts.fan_in,
        "fan_out": facts.fan_out,
        "bound": facts.bound,
        "standard_deviation": facts.standard_deviation,
        "sample": packed(facts.sample),
        "measured": {
            "min": float(sample.min()),
            "max": float(sample.max()),
            "mean": float(sample.mean()),
            "std": float(sample.std()),
        },
        "wrong_answer": None if wrong is None else _wrong(wrong),
    }


def _formula(facts: Beginning) -> dict[str, Any]:
    initializer = SCALED[facts.name]
    return {
        "name": facts.name,
        "distribution": initializer.distribution,
        "formula": facts.formula,
        "mathml": mathml_of(initializer),
    }


def _wrong(bound: float) -> dict[str, Any]:
    return {
        "formula": "L = 6 / (fan_in + fan_out)",
        "bound": bound,
        "is_wrong": True,
        "sentence": "Widely read, and wrong: the square root is missing, so that weights would "
        "begin far too small.",
    }
