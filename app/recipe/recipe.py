"""A recipe: the one validated description of what is trained on what."""

from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from ..vocabulary.datasets import DATASETS, DatasetInfo
from ..vocabulary.layers import Conv2D, DepthwiseConv2D
from .layers import Layer
from .model import Model, Name, refuse
from .objectives import Classify, Objective
from .optimizers import Optimizer
from .shapes import LayerPlan, memory_bytes

MAX_PARAMETERS = 20_000_000
MAX_STEPS = 1_000_000
MAX_MEMORY_BYTES = 2 * 1024**3


class Recipe(Model):
    """Data, layers, optimiser and length of one training; equal recipes give equal runs.

    Exactly one of `steps` and `epochs` is given. `data_seed` draws the data set where it is
    generated; `seed` draws everything else (weights, batch order, dropout, controls).
    """

    name: Name
    dataset: Literal["mnist", "dead-leaves", "gray-leaves"]
    scaling: Literal["standard", "unit", "local-contrast"] = "standard"
    pixels: Literal["natural", "shuffled"] = "natural"
    labels: Literal["true", "random"] = "true"
    objective: Objective = Classify()
    layers: list[Layer] = Field(min_length=1, max_length=32)
    optimizer: Optimizer
    batch_size: int = Field(64, ge=1, le=1024)
    steps: int | None = Field(None, ge=1, le=MAX_STEPS)
    epochs: int | None = Field(None, ge=1, le=1000)
    seed: int = Field(0, ge=0, lt=2**32)
    data_seed: int = Field(0, ge=0, lt=2**32)

    @property
    def dataset_info(self) -> DatasetInfo:
        """Shape, classes and sizes of the data set this recipe trains on."""
        return DATASETS[self.dataset]

    @property
    def class_names(self) -> tuple[str, ...]:
        """What the network is to tell apart; empty where it is told nothing."""
        return self.objective.class_names(self.dataset_info)

    @cached_property
    def plan(self) -> list[LayerPlan]:
        """Every layer's name, output shape and costs."""
        return self.objective.plan(self.layers, self.dataset_info.shape)

    @property
    def conv_layers(self) -> tuple[str, ...]:
        """Names of the conv layers, in order: those whose filters can be looked at."""
        return tuple(plan.name for plan in self.plan if plan.type == Conv2D.type)

    @property
    def steps_per_epoch(self) -> int:
        """Full batches in one pass over the training set; the remainder is dropped."""
        return self.dataset_info.train_size // self.batch_size

    @property
    def total_steps(self) -> int:
        """Optimiser updates from first to last."""
        return self.steps or (self.epochs or 0) * self.steps_per_epoch

    @property
    def parameters(self) -> int:
        """How many numbers the network has, those of layers that aren't trainable too."""
        return sum(plan.parameters for plan in self.plan)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.steps is None) == (self.epochs is None):
            raise refuse("say either steps or epochs, not both and not neither", field="steps")
        if self.total_steps > MAX_STEPS:
            raise refuse(
                f"{self.epochs} epochs are {self.total_steps} steps; at most {MAX_STEPS}",
                field="epochs",
                limit=MAX_STEPS // self.steps_per_epoch,
            )
        self._check_filters()
        self.objective.check(self.layers, self.dataset_info, self.labels)
        if not any(plan.trainable_parameters for plan in self.plan):
            raise refuse(
                "nothing would learn: leave trainable out of at least one layer", field="layers"
            )
        self._check_size()
        return self

    def _check_filters(self) -> None:
        """Refuses layers without a filter to watch, or whose first filters don't see the pixels."""
        convolutions = [
            (index, layer)
            for index, layer in enumerate(self.layers)
            if isinstance(layer, Conv2D | DepthwiseConv2D)
        ]
        if not any(isinstance(layer, Conv2D) for _, layer in convolutions):
            raise refuse("without a conv2d layer there is no filter to watch", field="layers")
        index, first = convolutions[0]
        if isinstance(first, DepthwiseConv2D):
            raise refuse(
                "the first convolution must be conv2d, for its filters are the ones to watch: put "
                "depthwise_conv2d behind it",
                field=f"layers.{index}",
            )

    def _check_size(self) -> None:
        if self.parameters > MAX_PARAMETERS:
            index, widest = max(enumerate(self.plan), key=lambda pair: pair[1].parameters)
            raise refuse(
                f"{self.parameters:,} parameters; at most {MAX_PARAMETERS:,} fit, and "
                f"{widest.name} alone has {widest.parameters:,}",
                field=f"layers.{index}",
                limit=MAX_PARAMETERS,
                code="recipe_too_large",
            )
        needed = memory_bytes(self.plan, self.batch_size)
        if needed > MAX_MEMORY_BYTES:
            fixed = memory_bytes(self.plan, 0)
            fitting = (MAX_MEMORY_BYTES - fixed) // (memory_bytes(self.plan, 1) - fixed)
            way_out = f"a batch_size of {fitting} would fit" if fitting else "use smaller layers"
            raise refuse(
                f"about {needed / 2**30:.1f} GiB would be needed, and "
                f"{MAX_MEMORY_BYTES / 2**30:.0f} GiB are allowed: {way_out}",
                field="batch_size",
                limit=fitting,
                code="recipe_too_large",
            )
