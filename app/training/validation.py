"""How well the network does on images it never trains on."""

import math

from app.datasets import Dataset
from app.events import Evaluated
from app.recipe import Recipe
from app.training.objectives import Objective
from app.training.schedule import validation_samples


class Validation:
    """Tries the test set: the same first images each time, all of them at the end."""

    def __init__(self, recipe: Recipe, dataset: Dataset) -> None:
        self._dataset = dataset
        self._total_steps = recipe.total_steps
        self._samples = validation_samples(recipe.total_steps, recipe.batch_size, dataset.test_size)

    def evaluate(self, objective: Objective, step: int) -> Evaluated | None:
        """Loss and accuracy after `step` updates; None if the loss isn't a number any more."""
        last = step == self._total_steps
        samples = self._dataset.test_size if last else self._samples
        loss, accuracy = objective.evaluate(*self._dataset.test(0, samples))
        if not math.isfinite(loss):
            return None
        return Evaluated(
            step=step,
            validation_loss=round(loss, 6),
            validation_accuracy=None if accuracy is None else round(accuracy, 6),
            samples=samples,
        )
