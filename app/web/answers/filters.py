"""One filter as the interface tells it."""

from pydantic import BaseModel, Field

from app.web.answers.history import TypedArray


class TemplateShares(BaseModel):
    """How much of the filter the best template of each family explains, 0 to 1."""

    edge: float
    line: float
    blob: float
    flat: float


class BestTemplate(BaseModel):
    """The template that the filter is named after, or that comes nearest to it."""

    family: str = Field(examples=["edge"])
    pixels: TypedArray = Field(description="height, width; of norm 1")
    amplitude: list[float] = Field(description="how much of it is in each channel of the filter")


class FilterStory(BaseModel):
    """What a filter is and how far it has come.

    All but `change`, `correlation` and `norm` are null where a filter is too small to be judged,
    or has so many weights that finding out what chance does would take too long.
    """

    score: float | None = None
    label: str | None = Field(None, examples=["edge"])
    orientation_degrees: float | None = None
    coherence: float | None = None
    template_r2: TemplateShares | None = None
    colour: str | None = None
    cycles_per_pixel: float | None = Field(None, description="of the best template")
    template: BestTemplate | None = None
    change: float = Field(description="|W − W₀| / |W₀| against frame 0")
    correlation: float = Field(description="with frame 0")
    norm: float = Field(description="√Σ W²")


class ReceptiveFieldAnswer(BaseModel):
    """The window of pixels a unit looks at; the first begins at (top, left)."""

    size: int
    stride: int
    top: int
    left: int


class TopPatchesAnswer(BaseModel):
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


class FilterAnswer(BaseModel):
    """A filter at a step."""

    step: int
    layer: str = Field(examples=["conv1"])
    index: int
    filters: int = Field(description="how many the layer has")
    story: FilterStory
    kernel: TypedArray = Field(description="height, width, in channels")
    receptive_field: ReceptiveFieldAnswer
    expanded: TypedArray | None = Field(
        description="as weights of pixels: size, size, channels; null if too large to send"
    )
    caption: str = Field(examples=["linear approximation, ignores ReLU and pooling"])
    patches: TopPatchesAnswer
