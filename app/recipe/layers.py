"""The layers a recipe can name, with Keras's names, defaults and ranges."""

from typing import Annotated, Literal

from pydantic import Field

from .model import Model

Activation = Literal["linear", "relu", "tanh", "sigmoid"]
Padding = Literal["valid", "same"]
Initializer = Literal[
    "glorot_uniform",
    "glorot_normal",
    "he_uniform",
    "he_normal",
    "lecun_uniform",
    "lecun_normal",
    "zeros",
]
WeightDecay = Annotated[float, Field(ge=0, le=10)]


class Conv2D(Model):
    """Filters slid over an image; its kernels are what Filterscope shows."""

    type: Literal["conv2d"] = "conv2d"
    filters: int = Field(ge=1, le=1024)
    kernel_size: int = Field(ge=1, le=11)
    strides: int = Field(1, ge=1, le=16)
    padding: Padding = "valid"
    activation: Activation = "linear"
    kernel_initializer: Initializer = "glorot_uniform"
    weight_decay: WeightDecay = 0.0


class MaxPool2D(Model):
    """The largest value of each window; `strides` is `pool_size` unless said."""

    type: Literal["max_pool2d"] = "max_pool2d"
    pool_size: int = Field(2, ge=1, le=32)
    strides: int | None = Field(None, ge=1, le=32)
    padding: Padding = "valid"


class AveragePool2D(Model):
    """The mean of each window; `strides` is `pool_size` unless said."""

    type: Literal["average_pool2d"] = "average_pool2d"
    pool_size: int = Field(2, ge=1, le=32)
    strides: int | None = Field(None, ge=1, le=32)
    padding: Padding = "valid"


class GlobalAveragePool2D(Model):
    """The mean of each channel over all positions."""

    type: Literal["global_average_pool2d"] = "global_average_pool2d"


class Flatten(Model):
    """All values of an image as one vector."""

    type: Literal["flatten"] = "flatten"


class Dense(Model):
    """A weighted sum of all inputs for each unit."""

    type: Literal["dense"] = "dense"
    units: int = Field(ge=1, le=4096)
    activation: Activation = "linear"
    kernel_initializer: Initializer = "glorot_uniform"
    weight_decay: WeightDecay = 0.0


class Dropout(Model):
    """Zeroes a random share of its inputs while training."""

    type: Literal["dropout"] = "dropout"
    rate: float = Field(ge=0, lt=1)


Pool2D = MaxPool2D | AveragePool2D
Layer = Annotated[
    Conv2D | MaxPool2D | AveragePool2D | GlobalAveragePool2D | Flatten | Dense | Dropout,
    Field(discriminator="type"),
]
