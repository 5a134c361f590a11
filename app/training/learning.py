"""A network that learns: one update after another, without a word about it."""

import math
from dataclasses import replace

import numpy as np

from ..datasets import Dataset
from ..engine.arrays import Array
from ..engine.plan import ParallelPlan
from ..recipe import Recipe
from ..telling.learner import BatchOutcome
from . import build
from .checkpoint import State
from .held import HeldFilters
from .objectives import objective_of
from .order import BatchOrder

_PARAMETERS, _MEMORY, _STATE = "parameters", "optimizer/", "state"


class Diverged(Exception):
    """The loss or a weight stopped being a sensible number."""


class Learning:
    """The network of a recipe, its optimiser, and the images in their order.

    Args:
        recipe: what to train.
        dataset: the recipe's data.
        plan: who works on a batch at the same time; changes no result.
    """

    def __init__(self, recipe: Recipe, dataset: Dataset, plan: ParallelPlan | None = None) -> None:
        self.objective = objective_of(recipe, plan=plan)
        self._recipe = recipe
        self._dataset = dataset
        images = (recipe.batch_size, *dataset.info.shape)
        self._images = (plan or ParallelPlan()).zeros(images, np.float32)  # those of each batch
        self._optimizer = build.build_optimizer(recipe)
        self._optimizer.bind(self.objective.network)
        generator = build.order_generator(recipe)
        self._order = BatchOrder(generator, dataset.train_size, recipe.batch_size)
        self._held = HeldFilters(recipe, self.objective.network)
        self._held.hold()

    @property
    def step(self) -> int:
        """How many updates were made."""
        return self._optimizer.updates

    @property
    def start_rate(self) -> float:
        """The rate that the schedule starts from, as whoever watches knows it."""
        return self._optimizer.rate.start

    @start_rate.setter
    def start_rate(self, learning_rate: float) -> None:
        self._optimizer.rate = replace(self._optimizer.rate, start=learning_rate)

    def lengthen(self, total_steps: int) -> None:
        """Has the schedule run, from the next update on, as if there had always been so many."""
        self._optimizer.rate = build.build_rate(self._recipe, self.start_rate, total_steps)

    def update(self) -> tuple[BatchOutcome, float]:
        """Makes one optimiser update; returns how the batch fared before it, and the rate.

        Raises:
            Diverged: the batch's loss is beyond hope; nothing was updated.
        """
        images, labels = self._dataset.batch(next(self._order), self._images)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            outcome = self.objective.learn(images, labels)
            if not (math.isfinite(outcome.loss) and outcome.loss <= self.objective.hopeless_loss):
                raise Diverged
            learning_rate = self._optimizer.update()
        self._held.hold()
        return outcome, learning_rate

    def state(self) -> State:
        """Returns all that the next update depends on besides the recipe."""
        memory = self._optimizer.state()
        values = {
            "step": memory.pop("updates"),
            "start_rate": self.start_rate,
            "order": self._order.state(),
            "generator": self.objective.generator.bit_generator.state,
        }
        if self._optimizer.memory_since:
            values["memory_since"] = self._optimizer.memory_since
        slots = {f"{_MEMORY}{name}": np.asarray(array) for name, array in memory.items()}
        state = {_STATE: self._state} if self._state.size else {}
        return State(values, {_PARAMETERS: self._parameters, **state, **slots})

    def load_state(self, state: State) -> None:
        """Goes on from a `state()`; KeyError, ValueError or TypeError if it is another recipe's."""
        values, parameters = state.values, state.arrays[_PARAMETERS]
        if parameters.shape != self._parameters.shape:
            raise ValueError(f"{parameters.shape} parameters, not {self._parameters.shape}")
        slots = {
            name.removeprefix(_MEMORY): array
            for name, array in state.arrays.items()
            if name.startswith(_MEMORY)
        }
        self.start_rate = values["start_rate"]
        self._optimizer.load_state({"updates": values["step"], **slots})
        self._optimizer.memory_since = values.get("memory_since", 0)
        self._parameters[...] = parameters
        if self._state.size:
            self._state[...] = state.arrays[_STATE]
        self._order.load_state(values["order"])
        self.objective.generator.bit_generator.state = values["generator"]

    def begin_with(self, weights: State) -> None:
        """Goes on with weights of another training, and with the images that came next there.

        What an optimiser remembers begins anew, and so does what masks are drawn from.

        Raises:
            KeyError, ValueError, TypeError: they aren't of this network.
        """
        values, network = weights.values, self.objective.network
        network.parameters.load({name: weights.arrays[name] for name in network.parameters.specs})
        network.state.load({name: weights.arrays[name] for name in network.state.views})
        self._held.hold()
        self._optimizer.begin_at(values["step"])
        self._order.skip(values["step"])
        if values["start_rate"] is not None:
            self.start_rate = values["start_rate"]

    @property
    def _parameters(self) -> Array:
        return self.objective.network.parameters.values.flat

    @property
    def _state(self) -> Array:
        return self.objective.network.state.flat
