"""Steps of training on noise, as fast as they go: what one costs doesn't depend on the pictures."""

from collections.abc import Callable

import numpy as np

from app.engine import ParallelPlan
from app.recipe import Recipe
from app.training.build import build_network, build_optimizer


def step_of(recipe: Recipe, plan: ParallelPlan) -> Callable[[], None]:
    """Returns what does a step of a recipe, on a batch of its shape."""
    network = build_network(recipe, plan=plan)
    optimizer = build_optimizer(recipe)
    optimizer.bind(network)
    generator = np.random.default_rng(0)
    shape = (recipe.batch_size, *recipe.dataset_info.shape)
    images = generator.standard_normal(shape, np.float32)
    labels = generator.integers(0, 10, recipe.batch_size)

    def step() -> None:
        network.loss_and_gradients(images, labels, generator)
        optimizer.update()

    return step
