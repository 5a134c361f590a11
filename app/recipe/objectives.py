"""What a network is trained for: to name pictures, or to rebuild them from few filters."""

from typing import Annotated, Final, Literal

from pydantic import Field

from ..vocabulary.datasets import DatasetInfo
from ..vocabulary.layers import AnyLayer, Conv2D, Dense, Shape
from .model import Model, refuse
from .shapes import LayerPlan, plan_layers, plan_windows

SPARSE_CODE: Final = "sparse-code"


class Classify(Model):
    """Name each picture's class; the error is the softmax cross-entropy."""

    type: Literal["classify"] = "classify"

    def class_names(self, dataset: DatasetInfo) -> tuple[str, ...]:
        """Returns what the network chooses from."""
        return dataset.class_names

    def plan(self, layers: list[AnyLayer], shape: Shape) -> list[LayerPlan]:
        """Plans each layer as it will be, for images of `shape`."""
        return plan_layers(layers, shape)

    def check(self, layers: list[AnyLayer], dataset: DatasetInfo, labels: str) -> None:
        """Refuses a data set without classes, and layers that don't end in one unit a class."""
        classes = len(dataset.class_names)
        if not classes:
            raise refuse(
                f"{dataset.name} has no classes to name: use the sparse-code objective, "
                "or another data set",
                field="objective",
            )
        last, path = layers[-1], f"layers.{len(layers) - 1}"
        if not isinstance(last, Dense):
            raise refuse(f"the last layer must be dense with {classes} units", field=path)
        if last.units != classes:
            raise refuse(
                f"{dataset.name} has {classes} classes, so the last dense layer needs "
                f"{classes} units, not {last.units}",
                field=f"{path}.units",
                limit=classes,
            )
        if last.activation != "linear":
            raise refuse(
                "the last layer's softmax is part of the loss: leave its activation out",
                field=f"{path}.activation",
            )


class SparseCode(Model):
    """Rebuild windows from few filters, without labels (after Olshausen & Field 1996).

    The error of a window is its squared difference from what the filters rebuild, plus
    `sparsity` times the sum of how strongly they answer. Answers weaker than `sparsity` count
    as none.
    """

    type: Literal["sparse-code"] = "sparse-code"
    sparsity: float = Field(1.0, ge=0, le=100)

    def class_names(self, dataset: DatasetInfo) -> tuple[str, ...]:
        """Returns nothing: nobody says what is in a picture."""
        return ()

    def plan(self, layers: list[AnyLayer], shape: Shape) -> list[LayerPlan]:
        """Plans the one layer as it will be, for images of `shape`."""
        return plan_windows(layers, shape)

    def check(self, layers: list[AnyLayer], dataset: DatasetInfo, labels: str) -> None:
        """Refuses anything but one plain conv2d layer, and labels that nobody would read."""
        if labels != "true":
            raise refuse(
                "a sparse code is learnt without labels, so there are none to spoil: leave labels "
                "out, or shuffle the pixels",
                field="labels",
            )
        first, *others = layers
        if others:
            raise refuse(
                f"a sparse code has one conv2d layer and nothing else, not {len(layers)} layers",
                field="layers.1",
                limit=1,
            )
        if isinstance(first, Conv2D):
            self._check_plain(first)

    def _check_plain(self, layer: Conv2D) -> None:
        for field, plain in _PLAIN.items():
            if getattr(layer, field) != plain:
                raise refuse(
                    f"a sparse code sees one window at a time and answers by its own threshold: "
                    f"{field} must be {plain}",
                    field=f"layers.0.{field}",
                )


_PLAIN = {
    "strides": 1,
    "padding": "valid",
    "activation": "linear",
    "weight_decay": 0.0,
    "trainable": True,
}

Objective = Annotated[Classify | SparseCode, Field(discriminator="type")]
