"""Steps that are too large, or too small: the weights run away, or stay where they are."""

from collections.abc import Iterator

import numpy as np

from ...events import Alert
from ...vocabulary.optimizers import OPTIMIZERS
from .advice import against_explosion
from .sight import Sight, norm_of

# The presets' kernels at most double in norm, and no loss exceeds the first by a tenth.
GROWN = 20.0
WORSE = 10.0
# Over 100 updates every preset changes its filters by half or more; 1 % can't be seen.
RATE_STEP = 100
MOVED = 0.01


def exploding(sight: Sight) -> Iterator[Alert]:
    """Warns of weights or loss that grow as no healthy run's do; `diverged` may follow."""
    growth = {
        name: norm / first
        for name, norm in sight.norm.items()
        if (first := sight.first_norm.get(name, 0)) > 0
    }
    layer = max(growth, key=lambda name: growth[name], default="")
    worse = _worse(sight)
    if growth.get(layer, 0) > GROWN:
        what = f"the weights of {sight.title(layer)} have grown {_times(growth[layer])}"
    elif worse > WORSE:
        what = f"the error has grown {_times(worse)}"
    else:
        return
    yield sight.alert("exploding", f"Exploding: {what}. {against_explosion(sight)}")


def _worse(sight: Sight) -> float:
    """Says how many times larger the loss is than at the start, 0 where that can't be known."""
    if sight.loss is None or sight.first_loss is None or not sight.begins:
        return 0.0
    return sight.loss / sight.first_loss if sight.first_loss > 0 else 0.0


def too_slow(sight: Sight) -> Iterator[Alert]:
    """Warns where no filter looked at, and no conv layer, has moved by as much as one can see."""
    step = sight.told["step"]
    if sight.optimizer is None or sight.learning_rate is None:
        return
    is_not_so = step < RATE_STEP or max(sight.told["change"]) >= MOVED
    if is_not_so or not all(sight.first_norm.values()):
        return
    moved = max(
        norm_of(sight.now[name].astype(np.float64) - sight.first[name]) / norm
        for name, norm in sight.first_norm.items()
    )
    if moved >= MOVED:
        return
    usual = OPTIMIZERS[sight.optimizer].usual_rate
    advice = f"{usual:g}, as is usual for {sight.optimizer}"
    if sight.learning_rate >= usual:
        advice = f"{10 * sight.learning_rate:g}, ten times as much"
    words = (
        f"Learning rate too small: {step} updates have changed the filters by {_share(moved)}. "
        f"Steps of {sight.learning_rate:g} hardly move anything. Try {advice}."
    )
    yield sight.alert("learning_rate_too_small", words)


def _times(factor: float) -> str:
    return f"{factor:.0f}-fold" if factor < 1000 else "more than a thousandfold"


def _share(moved: float) -> str:
    return f"{100 * moved:.2g} %" if moved >= 1e-4 else "less than 0.01 %"
