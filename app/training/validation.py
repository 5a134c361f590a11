"""How well the network does on images it never trains on."""

import math

import numpy as np

from ..datasets import Dataset
from ..engine.shared import Zeros
from ..events import Evaluated
from ..recipe import Recipe
from ..telling.learner import BatchOutcome
from ..telling.schedule import validation_samples
from .objectives import Objective

_IMAGES_AT_ONCE = 512  # scaling them all at once would take fresh memory each time, at a third more


class Validation:
    """Tries the test set: the same first images each time, all of them at the end.

    Args:
        recipe: what is trained.
        dataset: its data.
        total_steps: how many updates there will be.
        zeros: allocates what all who share the work see.
    """

    def __init__(
        self, recipe: Recipe, dataset: Dataset, total_steps: int, zeros: Zeros = np.zeros
    ) -> None:
        self._dataset = dataset
        self._batch_size = recipe.batch_size
        self.lengthen(total_steps)
        batches = max(1, _IMAGES_AT_ONCE // recipe.batch_size)
        self._images = zeros((batches * recipe.batch_size, *dataset.info.shape), np.float32)

    def lengthen(self, total_steps: int) -> None:
        """Tries, from now on, as if there had always been so many updates to make."""
        test_size = self._dataset.test_size
        self._total_steps = total_steps
        self._samples = validation_samples(total_steps, self._batch_size, test_size)

    def evaluate(self, objective: Objective, step: int) -> Evaluated | None:
        """Loss and accuracy after `step` updates; None if the loss isn't a number any more."""
        last = step == self._total_steps
        samples = self._dataset.test_size if last else self._samples
        outcome = self._try(objective, samples)
        if not math.isfinite(outcome.loss):
            return None
        accuracy = outcome.accuracy
        return Evaluated(
            step=step,
            validation_loss=round(outcome.loss, 6),
            validation_accuracy=None if accuracy is None else round(accuracy, 6),
            samples=samples,
        )

    def _try(self, objective: Objective, samples: int) -> BatchOutcome:
        outcomes, sizes = [], []
        for start in range(0, samples, len(self._images)):
            stop = min(start + len(self._images), samples)
            images, labels = self._dataset.test(start, stop, self._images[: stop - start])
            outcomes.append(objective.evaluate(images, labels))
            sizes.append(stop - start)
        right = [outcome.accuracy for outcome in outcomes if outcome.accuracy is not None]
        return BatchOutcome(
            loss=float(np.average([outcome.loss for outcome in outcomes], weights=sizes)),
            accuracy=float(np.average(right, weights=sizes)) if right else None,
        )
