"""What a run works towards: how a batch is learnt from, and how it fares with new images."""

import math
from collections.abc import Callable
from typing import Protocol

import numpy as np

from ..datasets.dataset import Labels
from ..engine.arrays import Array
from ..engine.losses import softmax_cross_entropy
from ..engine.plan import ParallelPlan
from ..recipe import Recipe
from ..telling.learner import BatchOutcome, Learner
from . import build


class Objective(Protocol):
    """A network and what it is trained for. `hopeless_loss` is one no training comes back from."""

    hopeless_loss: float

    @property
    def network(self) -> Learner:
        """What is trained."""
        ...

    def learn(self, images: Array, labels: Labels) -> BatchOutcome:
        """Fills the network's gradients from a batch (batch, height, width, channels)."""
        ...

    @property
    def generator(self) -> np.random.Generator:
        """What learning draws from."""
        ...

    def evaluate(self, images: Array, labels: Labels) -> BatchOutcome:
        """Measures how the network fares with any number of images, without learning from them."""
        ...


class Classification:
    """Naming pictures: softmax cross-entropy and the share of right names."""

    hopeless_loss = 1e4  # guessing costs ln(classes), thousands of times less

    def __init__(self, recipe: Recipe, batch_size: int, plan: ParallelPlan | None) -> None:
        self.network = build.build_network(recipe, batch_size, plan)
        self.generator = build.dropout_generator(recipe)

    def learn(self, images: Array, labels: Labels) -> BatchOutcome:
        """Fills the gradients of the batch's mean cross-entropy."""
        loss, correct = self.network.loss_and_gradients(images, labels, self.generator)
        return BatchOutcome(loss, correct / len(labels))

    def evaluate(self, images: Array, labels: Labels) -> BatchOutcome:
        """Measures mean cross-entropy and accuracy, without dropout."""
        logits = self.network.predict(images)
        losses, _ = softmax_cross_entropy(logits, labels)
        return BatchOutcome(float(losses.mean()), float(np.mean(logits.argmax(axis=1) == labels)))


class SparseCoding:
    """Rebuilding windows from few filters: of right and wrong answers there are none."""

    hopeless_loss = math.inf  # filters of length 1 can't run away; what isn't a number still fails

    def __init__(self, recipe: Recipe, batch_size: int, plan: ParallelPlan | None) -> None:
        self.network = build.build_sparse_coder(recipe)
        self._batch_size = batch_size
        self.generator = build.place_generator(recipe)

    def learn(self, images: Array, labels: Labels) -> BatchOutcome:
        """Fills the gradients from one window an image, at one random place for the batch."""
        size = self.network.window_shape[0]
        top, left = (
            int(self.generator.integers(0, length - size, endpoint=True))
            for length in images.shape[1:3]
        )
        windows = images[:, top : top + size, left : left + size]
        return BatchOutcome(self.network.loss_and_gradients(windows), None)

    def evaluate(self, images: Array, labels: Labels) -> BatchOutcome:
        """Measures the mean loss of all windows that lie side by side in the images, batch by
        batch.
        """
        starts = range(0, len(images), self._batch_size)
        parts = [images[start : start + self._batch_size] for start in starts]
        losses = [self.network.loss(self._side_by_side(part)) for part in parts]
        return BatchOutcome(float(np.average(losses, weights=[len(part) for part in parts])), None)

    def _side_by_side(self, images: Array) -> Array:
        size, _, channels = self.network.window_shape
        rows, columns = (length // size for length in images.shape[1:3])
        cut = images[:, : rows * size, : columns * size]
        split = cut.reshape(len(images), rows, size, columns, size, channels)
        return split.swapaxes(2, 3).reshape(-1, size, size, channels)


def objective_of(
    recipe: Recipe, batch_size: int | None = None, plan: ParallelPlan | None = None
) -> Objective:
    """Returns the recipe's objective with its untrained network, its weights drawn.

    Args:
        batch_size: how many images pass at once, where not as many as the recipe says.
        plan: who works on a batch at the same time; changes no result.
    """
    return _OBJECTIVES[recipe.objective.type](recipe, batch_size or recipe.batch_size, plan)


_OBJECTIVES: dict[str, Callable[[Recipe, int, ParallelPlan | None], Objective]] = {
    "classify": Classification,
    "sparse-code": SparseCoding,
}
