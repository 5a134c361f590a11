"""What the interface answers with, typed; the OpenAPI page is made from these."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from app.events import Status
from app.recipe import Recipe
from app.store import RunRow


class _DescribedAsRecipe:
    """For recipes that were checked when they came in and are passed on as they are."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(Recipe.__pydantic_core_schema__)


RecipeJson = Annotated[dict[str, Any], _DescribedAsRecipe]


class TypedArray(BaseModel):
    """An array as Plotly reads it: little-endian, C order, base64."""

    dtype: str = Field(examples=["f4"])
    shape: str = Field(examples=["9, 9, 3, 16"])
    bdata: str


class Metrics(BaseModel):
    """The newest numbers; null until there is one."""

    loss: float | None
    accuracy: float | None
    validation_loss: float | None
    validation_accuracy: float | None


class Filters(BaseModel):
    """What the streamed layer's filters are by now."""

    score: float
    oriented: float
    labels: dict[str, int]


class RunError(BaseModel):
    """Why a run failed and what to try."""

    code: str
    message: str
    advice: str


class Run(BaseModel):
    """One training, as it stands."""

    id: str
    name: str
    preset: str | None
    status: Status
    recipe: RecipeJson
    layers: list[str] = Field(description="names of the conv layers")
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    training_seconds: float
    step: int
    total_steps: int
    last_seq: int
    metrics: Metrics
    filters: Filters | None
    error: RunError | None

    @classmethod
    def of(cls, row: RunRow) -> "Run":
        """A row of the catalogue as the interface tells it."""
        values = row._asdict()
        return cls.model_validate(
            values
            | {name: _time(values[name]) for name in ("created_at", "started_at", "ended_at")}
            | {
                "recipe": json.loads(row.recipe),
                "metrics": {name: values[name] for name in Metrics.model_fields},
                "filters": _filters(row),
            }
        )


class RunList(BaseModel):
    """Runs, newest first; `next_cursor` asks for those that follow."""

    runs: list[Run]
    next_cursor: str | None


class PresetAnswer(BaseModel):
    """A recipe worth starting with, in a learner's words."""

    name: str
    title: str
    sentence: str
    doubt: str
    recipe: RecipeJson
    total_steps: int


class PresetList(BaseModel):
    """All presets, in the order to show them."""

    presets: list[PresetAnswer]


class DatasetAnswer(BaseModel):
    """A data set and where it comes from; `shape` is that of one image."""

    name: str
    title: str
    sentence: str
    shape: tuple[int, int, int]
    class_names: list[str]
    train_size: int
    test_size: int
    source: str
    licence: str


class DatasetList(BaseModel):
    """All data sets."""

    datasets: list[DatasetAnswer]


class Samples(BaseModel):
    """Images to look at (uint8, count × height × width × channels) and their labels."""

    dataset: str
    split: str
    start: int
    images: TypedArray
    labels: list[int]
    class_names: list[str]


class PreviewLayer(BaseModel):
    """One layer as it would be; the shape is without the batch."""

    name: str
    type: str
    output_shape: list[int]
    parameters: int


class SnapshotAnswer(BaseModel):
    """A layer's weights at a step. The verdicts are there for the first conv layer only."""

    step: int
    layer: str
    kernel: TypedArray
    bias: TypedArray | None = None
    score: list[float] | None = None
    label: list[str] | None = None
    orientation_degrees: list[float] | None = None
    coherence: list[float] | None = None
    template_r2: list[list[float]] | None = None
    colour: list[str] | None = None
    change: list[float] | None = None
    correlation: list[float] | None = None
    layer_score: float | None = None
    oriented: float | None = None
    counts: dict[str, int] | None = None


class Preview(BaseModel):
    """What a recipe would make, without making it."""

    recipe: RecipeJson
    total_steps: int
    parameters: int
    memory_bytes: int
    layers: list[PreviewLayer]
    snapshot: SnapshotAnswer


class Evaluations(BaseModel):
    """Loss and accuracy on the test set."""

    step: list[int]
    validation_loss: list[float]
    validation_accuracy: list[float]


class MetricsAnswer(BaseModel):
    """The curves of a run; entry i of each list belongs to `step[i]`."""

    step: list[int]
    loss: list[float]
    accuracy: list[float]
    learning_rate: list[float]
    evaluations: Evaluations


class SnapshotList(BaseModel):
    """Which snapshots there are: each layer at each step."""

    layers: list[str]
    steps: list[int]


class Film(BaseModel):
    """All frames of a layer. The verdicts, one list a frame, are there for the first layer only."""

    layer: str
    steps: list[int]
    kernels: TypedArray
    score: list[list[float]] | None = None
    label: list[list[str]] | None = None
    orientation_degrees: list[list[float]] | None = None
    coherence: list[list[float]] | None = None
    change: list[list[float]] | None = None
    colour: list[list[str]] | None = None
    layer_score: list[float] | None = None
    oriented: list[float] | None = None
    counts: list[dict[str, int]] | None = None


class Health(BaseModel):
    """That the server works, what it is, and how many runs it keeps of each status."""

    status: str
    version: str
    sqlite: str
    runs: dict[str, int]


def _time(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _filters(row: RunRow) -> dict[str, Any] | None:
    if row.label_counts is None:
        return None
    return {"score": row.score, "oriented": row.oriented, "labels": row.label_counts}
