"""Recipes that train in next to no time."""

from typing import Any

from app.recipe import Recipe

STEPS = 400


def small_recipe(seed: int = 0, **changes: Any) -> Recipe:
    """A handful of filters with dropout and momentum, so that there is much to lose."""
    return Recipe.model_validate(
        {
            "name": "small",
            "dataset": "dead-leaves",
            "layers": [
                {"type": "conv2d", "filters": 3, "kernel_size": 5, "strides": 4},
                # So that compiled kernels are killed too, where there are some.
                {"type": "max_pool2d"},
                {"type": "dropout", "rate": 0.25},
                {"type": "flatten"},
                {"type": "dense", "units": 10},
            ],
            "optimizer": {"type": "adam", "learning_rate": 0.001, "schedule": "linear"},
            "batch_size": 8,
            "steps": STEPS,
            "seed": seed,
            **changes,
        }
    )
