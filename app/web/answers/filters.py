"""One filter as the interface tells it."""

from pydantic import Field

from ...verdicts import OF_ANY_KERNEL, OF_ONE_SNAPSHOT
from .exchanged import Exchanged
from .history import TypedArray
from .verdicts import of_one_filter, with_verdicts


class TemplateShares(Exchanged):
    """How much of the filter the best template of each family explains, 0 to 1."""

    edge: float
    line: float
    blob: float
    flat: float


class BestTemplate(Exchanged):
    """The template that the filter is named after, or that comes nearest to it."""

    family: str = Field(examples=["edge"])
    pixels: TypedArray = Field(description="height, width; of norm 1")
    amplitude: list[float] = Field(
        description="how much of it is in each channel of the filter; a line is bright in the "
        "middle, so that a dark one has it below 0"
    )


class Chance(Exchanged):
    """What random filters of this size reach.

    99 of 100 have smaller shares; 19 of 20 are less coherent, be they smooth or not. What isn't
    above is called noise.
    """

    template_r2: TemplateShares
    coherence: float


@with_verdicts(of_one_filter, OF_ONE_SNAPSHOT, always=OF_ANY_KERNEL)
class FilterStory(Exchanged):
    """What a filter is and how far it has come.

    All but `change`, `correlation` and `norm` are null where a filter is too small to be judged,
    or has so many weights that finding out what chance does would take too long.
    """

    template_r2: TemplateShares | None = None
    template: BestTemplate | None = None
    chance: Chance | None = None


class ReceptiveFieldAnswer(Exchanged):
    """The window of pixels a unit looks at; the first begins at (top, left)."""

    size: int
    stride: int
    top: int
    left: int


class TopPatchesAnswer(Exchanged):
    """What drives the unit most, strongest first, at most one patch of an image.

    They were sought in the first `images` images of the test set: 2,000, or fewer where the layer
    is costly to compute. `pixels` are uint8, (patches, size, size, channels), as the network sees
    them; what lies outside an image is gray.
    """

    images: int
    image: list[int]
    row: list[int]
    column: list[int]
    activation: list[float]
    pixels: TypedArray


class FilterAnswer(Exchanged):
    """A filter at a step."""

    step: int
    layer: str = Field(examples=["conv1"])
    index: int
    filters: int = Field(description="how many the layer has")
    story: FilterStory
    kernel: TypedArray = Field(description="height, width, in channels")
    receptive_field: ReceptiveFieldAnswer | None = Field(description="null if nobody knows it")
    expanded: TypedArray | None = Field(
        description="as weights of pixels: size, size, channels; null if too large to send, or "
        "if the layers before it aren't known"
    )
    caption: str = Field(examples=["linear approximation, ignores ReLU and pooling"])
    patches: TopPatchesAnswer | None = Field(description="null if no pictures are known")
    reason: str | None = Field(None, description="why something is missing")


class ExpandedAnswer(Exchanged):
    """The filters of a layer at a step, and each in pixels: laid over the layers before it."""

    step: int
    layer: str = Field(examples=["conv2"])
    kernel: TypedArray = Field(description="height, width, in channels, filters")
    expanded: TypedArray = Field(description="as weights of pixels: size, size, channels, filters")
    caption: str = Field(
        description="how far to believe it",
        examples=["linear approximation, ignores ReLU and pooling"],
    )


class GradientAnswer(Exchanged):
    """How one batch pulls a filter: the gradient of its loss after `step` updates.

    The batch is the one that the run's own next update learns from. `gradient` holds the weight
    decay, as an optimiser is given it; `after` is kernel − learning_rate · gradient, plain
    descent: momentum and other optimisers go elsewhere. Both are null where weights are missing;
    `reason` says so. `note` says in what the gradient differs from the run's own, if it does.
    """

    step: int
    layer: str = Field(examples=["conv1"])
    index: int
    batch_size: int
    learning_rate: float = Field(description="of the run's next update")
    loss: float | None = Field(description="the batch's mean, before the update")
    kernel: TypedArray = Field(description="height, width, in channels")
    gradient: TypedArray | None
    after: TypedArray | None
    reason: str | None
    note: str | None
