"""What a run leaves behind, as the interface tells it."""

from pydantic import BaseModel, Field


class TypedArray(BaseModel):
    """An array as Plotly reads it: little-endian, C order, base64."""

    dtype: str = Field(examples=["f4"])
    shape: str = Field(examples=["9, 9, 3, 16"])
    bdata: str


class JudgedKernel(BaseModel):
    """A layer's kernel at a step. The verdicts are there for the first conv layer only."""

    step: int
    layer: str
    kernel: TypedArray
    score: list[float] | None = None
    label: list[str] | None = None
    since: list[int] | None = None
    orientation_degrees: list[float] | None = None
    coherence: list[float] | None = None
    cycles_per_pixel: list[float] | None = None
    template_r2: list[list[float]] | None = None
    colour: list[str] | None = None
    norm: list[float] | None = None
    change: list[float] | None = None
    correlation: list[float] | None = None
    layer_score: float | None = None
    oriented: float | None = None
    counts: dict[str, int] | None = None
    rose: list[int] | None = None
    near_duplicates: list[tuple[int, int, float]] | None = None
    duplicate_pairs: int | None = None
    plane_p: list[float] | None = None
    plane_verdict: str | None = None


class SnapshotAnswer(JudgedKernel):
    """A layer's weights at a step."""

    bias: TypedArray | None = None


class Evaluations(BaseModel):
    """Loss and accuracy on the test set; the accuracy is null where nothing is named."""

    step: list[int]
    validation_loss: list[float]
    validation_accuracy: list[float] | None


class MetricsAnswer(BaseModel):
    """The curves of a run; entry i of each list belongs to `step[i]`.

    `accuracy` is null where nothing is named, as in a sparse code.
    """

    step: list[int]
    loss: list[float]
    accuracy: list[float] | None
    learning_rate: list[float]
    evaluations: Evaluations


class SnapshotList(BaseModel):
    """Which snapshots there are: each layer at each step."""

    layers: list[str]
    steps: list[int]


class FilmAnswer(BaseModel):
    """All frames of a layer. The verdicts, one list a frame, are there for the first layer only."""

    layer: str
    steps: list[int]
    kernels: TypedArray
    score: list[list[float]] | None = None
    label: list[list[str]] | None = None
    since: list[list[int]] | None = None
    orientation_degrees: list[list[float]] | None = None
    coherence: list[list[float]] | None = None
    cycles_per_pixel: list[list[float]] | None = None
    template_r2: list[list[list[float]]] | None = None
    change: list[list[float]] | None = None
    colour: list[list[str]] | None = None
    near_duplicates: list[list[tuple[int, int, float]]] | None = None
    bias: list[list[float]] | None = None
    layer_score: list[float] | None = None
    oriented: list[float] | None = None
    counts: list[dict[str, int]] | None = None
