"""What a run leaves behind, as the interface tells it."""

from typing import Annotated

from pydantic import Field

from ...export.material import NetworkFormat
from ...verdicts import OF_ADDED, VERDICTS
from .exchanged import Exchanged
from .verdicts import of_a_snapshot, of_each_frame, of_each_told_frame, with_verdicts


class TypedArray(Exchanged):
    """An array as Plotly reads it: little-endian, C order, base64."""

    dtype: str = Field(examples=["f4"])
    shape: str = Field(examples=["9, 9, 3, 16"])
    bdata: str


@with_verdicts(of_a_snapshot)
class JudgedKernel(Exchanged):
    """A layer's kernel at a step. The verdicts are there for the first conv layer only."""

    step: int
    layer: str
    kernel: TypedArray


class SnapshotAnswer(JudgedKernel):
    """A layer's weights at a step."""

    bias: TypedArray | None = None


class Evaluations(Exchanged):
    """Loss and accuracy on the test set; the accuracy is null where nothing is named."""

    step: list[int]
    validation_loss: list[float | None] | None
    validation_accuracy: list[float | None] | None


class MetricsAnswer(Exchanged):
    """The curves of a run; entry i of each list belongs to `step[i]`.

    `accuracy` is null where nothing is named, as in a sparse code, and so is whatever a program
    elsewhere didn't tell, of all steps or of one. `count` is there where steps
    were thinned: how many of them an entry is the mean of.
    """

    step: list[int]
    count: list[int] | None = None
    loss: list[float] | None
    accuracy: list[float | None] | None
    learning_rate: list[float | None] | None
    evaluations: Evaluations


class SnapshotList(Exchanged):
    """Which snapshots there are; of a run from elsewhere some may lack some layers."""

    layers: list[str]
    steps: list[int]
    bytes: dict[NetworkFormat, int] | None = Field(
        default=None,
        exclude_if=lambda sizes: sizes is None,
        description="with `whole`: about what a file of the network weighs",
    )


@with_verdicts(of_each_told_frame)
class FilmAnswer(Exchanged):
    """All frames of a layer. The verdicts, one list a frame, are there for the first layer only.

    A frame that couldn't be judged, with a weight that is NaN or infinite, has null in its place.
    """

    layer: str
    steps: list[int]
    kernels: TypedArray
    bias: list[list[float]] | None = None


@with_verdicts(of_each_frame, [name for name in OF_ADDED if name in VERDICTS])
class AddedAnswer(Exchanged):
    """What training added to the first conv layer: W − min(a, 1)·W₀ of each filter W, judged.

    One entry a snapshot, frame 0 aside. `left` is a, the share of its start W₀ that is left in
    each filter; `chance` is the share of filters that chance may orient, and `likelihood` how
    likely it is to orient as many as are, or more. Verdicts are null where kernels can't be judged.
    """

    layer: str
    steps: list[int]
    left: list[list[float]]
    chance: float
    likelihood: list[float] | None = None
    template_r2: list[list[Annotated[list[float], Field(min_length=4, max_length=4)]]] | None = None
