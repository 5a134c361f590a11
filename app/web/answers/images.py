"""What a network makes of an image, as the interface tells it."""

from pydantic import Field

from .exchanged import Exchanged
from .history import TypedArray

Cube = list[list[list[float]]]


class FeatureMaps(Exchanged):
    """What the filters of a conv layer answer, after its activation: rows, columns, filters."""

    layer: str = Field(examples=["conv1"])
    maps: TypedArray


class DrawnAnswer(Exchanged):
    """What a network makes of an image after `step` updates, for whoever asks often.

    `probabilities`, one a class, are null where the weights they need weren't kept, or where a
    network names no class; `reason` says so. `logits` are the plain answers of a last dense layer
    of several units, wherever its weights were kept. `layers` are told in full answers alone.
    """

    step: int
    label: int | None
    layers: list[FeatureMaps]
    class_names: list[str]
    probabilities: list[float] | None
    reason: str | None
    logits: list[float] | None = None


class ActivationsAnswer(DrawnAnswer):
    """An image's way through the network, all that is told of it.

    `input` is the image as the network sees it, shuffled and scaled: what the first layer's
    kernels are laid over.
    """

    image: TypedArray
    input: TypedArray


class SinglePlaceAnswer(Exchanged):
    """One output at (row, column), counted from (0, 0), worked out as by hand.

    The patch's upper left pixel is (top, left) of the input, below zero where padding lies.
    `patch`, `kernel` (as it was laid on, flipped if asked) and `products` are rows of pixels of
    channels. `output` is the activation of sum + bias.
    """

    strides: int = Field(description="down the rows, and across unless something else is said")
    strides_across: int | None = None
    dilation: list[int] | None = Field(
        None, min_length=2, max_length=2, description="1, 1 unless said"
    )
    padding: str = Field(description="`valid`, `same`, or `explicit`")
    flip: bool
    activation: str
    row: int
    column: int
    output_shape: list[int] = Field(min_length=2, max_length=2)
    top: int
    left: int
    patch: Cube
    kernel: Cube
    products: Cube
    sum: float
    bias: float
    output: float


class PlaceAnswer(SinglePlaceAnswer):
    """One output of one filter after `step` updates.

    Of a run from elsewhere `channels` are those that the filter sees, from the first up to but not
    with the last; `note` says what of its answer isn't known here.
    """

    step: int
    layer: str
    filter: int
    channels: list[int] | None = Field(None, min_length=2, max_length=2)
    note: str | None = None


class HandAnswer(SinglePlaceAnswer):
    """One output of an image and a kernel that were sent; `sums` are those at every place."""

    sums: list[list[float]]
