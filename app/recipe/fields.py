"""What a recipe says, and what follows from it."""

from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from ..vocabulary.datasets import DATASETS, DatasetInfo
from ..vocabulary.layers import Conv2D
from ..vocabulary.own_pictures import own_reference
from .layers import Layer
from .model import Model, Name, refuse
from .objectives import Classify, Objective
from .optimizers import Optimizer
from .own_pictures import DatasetName, OwnPictures, own_info
from .shapes import LayerPlan
from .without import Without

MAX_STEPS = 1_000_000


class RecipeFields(Model):
    """What a recipe says and what follows from it, each field right by itself.

    Whether they go together, `rules.py` knows: a `Recipe` keeps all of it. `own` is there if and
    only if `dataset` names pictures of one's own.
    """

    name: Name
    dataset: DatasetName
    own: OwnPictures | None = None
    scaling: Literal["standard", "unit", "local-contrast"] = "standard"
    pixels: Literal["natural", "shuffled"] = "natural"
    labels: Literal["true", "random"] = "true"
    objective: Objective = Classify()
    layers: list[Layer] = Field(min_length=1, max_length=32)
    without: Without | None = Field(
        None,
        description="filters of conv layers that are held at 0, counted from 0, by the layer's "
        "name, as in conv1",
    )
    optimizer: Optimizer
    batch_size: int = Field(64, ge=1, le=1024)
    steps: int | None = Field(None, ge=1, le=MAX_STEPS)
    epochs: int | None = Field(None, ge=1, le=1000)
    seed: int = Field(0, ge=0, lt=2**32)
    data_seed: int = Field(0, ge=0, lt=2**32)

    @model_validator(mode="after")
    def _check_pictures(self) -> Self:
        if (self.own is None) != (own_reference(self.dataset) is None):
            message = (
                "there are no such pictures here: GET /api/datasets lists those that there are"
                if self.own is None
                else f"{self.dataset} comes with the program: leave own out"
            )
            raise refuse(message, field="dataset" if self.own is None else "own")
        return self

    @cached_property
    def dataset_info(self) -> DatasetInfo:
        """Shape, classes and sizes of the data set this recipe trains on."""
        return DATASETS[self.dataset] if self.own is None else own_info(self.dataset, self.own)

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
