"""Where a run's first weights come from, as far as they tell."""

from dataclasses import asdict
from typing import Any

import numpy as np

from ..analysis.start_fits import SIGNIFICANT, StartFit, start_fans, start_fits
from ..store import reading_beside
from ..vocabulary.layers.naming import kernel_name
from .refused import Missing, Refused
from .subject import Subject


def first_weights_of(subject: Subject, layer: str) -> dict[str, Any]:
    """Compares a layer's weights at frame 0 with the known initialisers.

    Raises:
        Missing: the run was deleted meanwhile, or frame 0 is without the layer.
        Refused: a weight is NaN or infinite.
    """
    reading = reading_beside(subject.database)
    run, frame = reading.run(subject.run_id), reading.snapshot(subject.run_id, subject.step)
    if run is None or frame is None:
        raise Missing("This run was deleted meanwhile", "run_unknown")
    stored = frame.arrays.get(kernel_name(layer))
    if stored is None:
        raise Missing(f"Frame 0 is without the weights of {layer}", "no_layer", "layer")
    weights = np.frombuffer(stored.data, "<f4").reshape(stored.shape)
    if not np.isfinite(weights).all():
        raise Refused(f"{layer} holds NaN or infinity already at frame 0", "layer")
    framework = run.described.framework
    fans = start_fans(run.described.layer(layer).kind, stored.shape, framework)
    nearest, *others = start_fits(weights, fans, framework)
    return {
        "layer": layer,
        "shape": list(stored.shape),
        "fan_in": fans[0],
        "fan_out": fans[1],
        "mean": float(weights.mean(dtype=np.float64)),
        "standard_deviation": float(weights.std(dtype=np.float64)),
        "fits": [asdict(fit) for fit in (nearest, *others) if fit.p >= SIGNIFICANT],
        "nearest": asdict(nearest),
        "sentence": _sentence(nearest, fans[0]),
    }


def _sentence(fit: StartFit, fan_in: int) -> str:
    if fit.distribution in ("constant", "orthogonal"):
        return f"This start is {fit.name}."
    if fit.p < SIGNIFICANT:
        return "This start fits none of the known initialisers."
    p = f"{fit.p:.2f}".removeprefix("0")
    return f"This start fits {fit.name}, fan_in {fan_in}: p = {p}."
