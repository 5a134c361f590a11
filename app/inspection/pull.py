"""Which way the next batch pulls the filters of a snapshot: the gradient, worked out again.

A snapshot keeps weights and no gradients. But the order of the images follows from the recipe, so
the batch that the run's own next update learnt from can be found, and its gradient with it.
"""

import math
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..training.build import build_rate, order_generator
from ..training.objectives import objective_of
from ..training.order import BatchOrder
from ..vocabulary.layers import Dropout
from ..vocabulary.layers.naming import kernel_name, layer_of
from .arrays import packed, unpacked
from .cache import CACHE
from .snapshot import KeptSnapshot

_DROPOUT = "Dropout leaves out other units than in the run: its masks are drawn anew."
_WINDOWS = (
    "The windows lie at other places than in the run, and each filter counts as of length 1, as "
    "it acts."
)
_TOO_LARGE = "The answers of this network are too large to be numbers."
_FROZEN = "This layer isn't trainable, so nothing pulls at its filters."


class Pull(NamedTuple):
    """Gradients of the conv kernels by name (HWIO), and the batch's mean loss; or why not."""

    gradients: dict[str, NDArray[np.float32]]
    loss: float | None
    reason: str | None


def pull(
    kept: KeptSnapshot, step: int, start_rate: float | None, layer: str, index: int
) -> dict[str, Any]:
    """Computes ∂L/∂W of filter `index` on the batch after `step` updates, as the answer tells it.

    Args:
        kept: the snapshot, with all arrays there are.
        step: how many updates it had.
        start_rate: what somebody set the learning rate to by then; None leaves the recipe's.
        layer: a conv layer of its recipe.
        index: of one of its filters, from 0.
    """
    recipe = kept.recipe
    gradients, loss, reason = pulls(kept, step)
    name = kernel_name(layer)
    kernel = unpacked(kept.arrays)[name][..., index]
    rate = build_rate(recipe, start_rate).at(step)
    gradient = gradients[name][..., index] if name in gradients else None
    return {
        "layer": layer,
        "index": index,
        "batch_size": recipe.batch_size,
        "learning_rate": rate,
        "loss": loss,
        "kernel": packed(kernel),
        "gradient": None if gradient is None else packed(gradient),
        "after": None if gradient is None else packed(kernel - np.float32(rate) * gradient),
        "reason": reason or (None if name in gradients else _FROZEN),
        "note": _note(kept),
    }


def pulls(kept: KeptSnapshot, step: int) -> Pull:
    """Gives the gradients of all conv kernels, weight decay included, as an optimiser is given
    them.

    Without dropout and with labels they are, to the bit, those of the run's own next update.
    """
    return CACHE.get(("pulls", hash(kept), step), lambda: _work_out(kept, step))


def _work_out(kept: KeptSnapshot, step: int) -> Pull:
    recipe, weights = kept.recipe, unpacked(kept.arrays)
    objective = objective_of(recipe)
    network = objective.network
    names = (*network.parameters.specs, *network.state.views)
    missing = sorted({layer_of(name) for name in names if name not in weights})
    if missing:
        return Pull({}, None, _not_kept(missing))
    network.parameters.load({name: weights[name] for name in network.parameters.specs})
    network.state.load({name: weights[name] for name in network.state.views})
    dataset = kept.dataset
    order = BatchOrder(order_generator(recipe), dataset.train_size, recipe.batch_size)
    batch = next(islice(order, step, None))
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        outcome = objective.learn(*dataset.batch(batch))
    gradients = {
        parameter.name: parameter.gradient.copy()
        for parameter in network.parameters
        if parameter.name in network.conv_kernels
    }
    finite = all(np.isfinite(gradient).all() for gradient in gradients.values())
    if not (finite and math.isfinite(outcome.loss)):
        return Pull({}, None, _TOO_LARGE)
    return Pull(gradients, outcome.loss, None)


def _not_kept(missing: list[str]) -> str:
    return (
        f"The weights of {', '.join(missing)} weren't kept at this step: of a large network they "
        "are at steps 0, 10, 20, 30, 60, 100, 200, … and at the last only."
    )


def _note(kept: KeptSnapshot) -> str | None:
    if kept.recipe.objective.type == "sparse-code":
        return _WINDOWS
    drops = any(isinstance(layer, Dropout) for layer in kept.recipe.layers)
    return _DROPOUT if drops else None
