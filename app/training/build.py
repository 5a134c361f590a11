"""From a recipe's words to the engine's objects."""

from collections.abc import Callable

import numpy as np

from .. import engine
from ..recipe import Recipe
from ..recipe.objectives import SparseCode
from ..vocabulary.layers import Conv2D

# One stream of random numbers for each purpose, so that drawing more of one moves no other; the
# data sets have streams of their own, 0 and from 101.
_WEIGHTS, _ORDER, _DROPOUT, _PLACES = 1, 2, 3, 4


def generator(recipe: Recipe, purpose: int) -> np.random.Generator:
    """Gives a fresh generator for one purpose of a run, following from the recipe's seed alone."""
    return np.random.default_rng([recipe.seed, purpose])


def order_generator(recipe: Recipe) -> np.random.Generator:
    """Draws the order of the training images."""
    return generator(recipe, _ORDER)


def dropout_generator(recipe: Recipe) -> np.random.Generator:
    """Draws the dropout masks."""
    return generator(recipe, _DROPOUT)


def place_generator(recipe: Recipe) -> np.random.Generator:
    """Draws where in the images a sparse code's windows lie."""
    return generator(recipe, _PLACES)


def build_network(
    recipe: Recipe, batch_size: int | None = None, plan: engine.ParallelPlan | None = None
) -> engine.Network:
    """Builds the untrained classifier of a recipe, its weights drawn; buffers for `batch_size`
    images.

    The plan says who works on a batch at the same time; the network's bytes stay the same.
    """
    return engine.Network(
        recipe.layers,
        input_shape=recipe.dataset_info.shape,
        generator=generator(recipe, _WEIGHTS),
        batch_size=batch_size or recipe.batch_size,
        plan=plan,
    )


def build_sparse_coder(recipe: Recipe) -> engine.SparseCoder:
    """Builds the untrained sparse code of a recipe, its filters drawn."""
    layer, objective = recipe.layers[0], recipe.objective
    assert isinstance(layer, Conv2D)
    assert isinstance(objective, SparseCode)
    return engine.SparseCoder(
        layer.kernel_size,
        layer.filters,
        recipe.dataset_info.shape[2],
        objective.sparsity,
        generator(recipe, _WEIGHTS),
        layer.kernel_initializer,
    )


def build_optimizer(recipe: Recipe) -> engine.Optimizer:
    """Builds the optimiser of a recipe, not yet bound to a network."""
    fields = recipe.optimizer.model_dump(exclude={"type", "schedule", "learning_rate"})
    return _OPTIMIZERS[recipe.optimizer.type](build_rate(recipe), **fields)


def build_rate(
    recipe: Recipe, start: float | None = None, total_steps: int | None = None
) -> engine.Rate:
    """Builds the learning rate over the run, as the recipe has it or as if it had begun at
    `start`, or were of `total_steps`.
    """
    first = recipe.optimizer.learning_rate
    shaped = first or 1.0  # from a rate of 0 nobody could tell what a later one is to fall to
    schedule: engine.Schedule = engine.ConstantSchedule(shaped)
    if recipe.optimizer.schedule == "linear":
        schedule = engine.LinearSchedule(shaped, total_steps or recipe.total_steps)
    return engine.Rate(schedule, first if start is None else start)


_OPTIMIZERS: dict[str, Callable[..., engine.Optimizer]] = {
    "sgd": engine.SGD,
    "rmsprop": engine.RMSprop,
    "adam": engine.Adam,
    "adamw": engine.AdamW,
    "adadelta": engine.Adadelta,
}
