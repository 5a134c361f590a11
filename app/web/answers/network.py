"""A whole network and what it makes of one image, as the interface tells it."""

from typing import Literal

from pydantic import Field

from .exchanged import Exchanged
from .history import TypedArray


class MapLinks(Exchanged):
    """The strongest links between a layer's maps and those of `to`, the next layer with weights.

    Both arrays are rows × up to 5 × 3, the strongest first: the other map's index from 0, the
    length of the slice of weights between them, and from −1 to 1 its balance, its sum over the sum
    of its sizes: 1 where all weights add, −1 where all take away.
    """

    to: str = Field(examples=["conv2"])
    outward: TypedArray = Field(description="of each map of this layer, to those of `to`")
    inward: TypedArray = Field(description="of each map of `to`, to those of this layer")


class NetworkLayer(Exchanged):
    """One layer: what comes out of it, what it learns, and what it answered.

    `maps` are bytes: (rows, columns, maps) of an image, or (units,). A byte of 255 stands for
    `limit` or more; 0 for none, or where answers are `signed`, 128 for none and 1 for −`limit`.
    They are null where the layer changes no number, as Dropout and Flatten, or where the weights
    weren't kept.
    """

    name: str = Field(examples=["conv1"])
    type: str = Field(examples=["conv2d"])
    output_shape: list[int]
    parameters: int
    trainable_parameters: int
    maps: TypedArray | None = Field(description="the first 64 maps, or 128 units")
    limit: float
    signed: bool
    links: MapLinks | None


class NetworkAnswer(Exchanged):
    """A test or training image's way through all layers after `step` updates."""

    step: int
    index: int
    split: Literal["train", "test"]
    label: int | None
    image: TypedArray
    class_names: list[str]
    probabilities: list[float] | None
    reason: str | None = Field(description="why there are no probabilities")
    layers: list[NetworkLayer]
