"""Presets, previews and data sets as the interface tells them."""

from pydantic import BaseModel

from .history import JudgedKernel, TypedArray
from .recipes import RecipeJson


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
    """Images to look at (uint8, count × height × width × channels) and their labels.

    A label is the index of a class name, or −1 where the data set has no classes. `inputs`, float32
    of the same shape, are the images as a network sees them, where a scaling was asked for.
    """

    dataset: str
    split: str
    start: int
    images: TypedArray
    labels: list[int]
    class_names: list[str]
    inputs: TypedArray | None = None


class PreviewLayer(BaseModel):
    """One layer as it would be; the shape is without the batch."""

    name: str
    type: str
    output_shape: list[int]
    parameters: int


class FirstSnapshot(JudgedKernel):
    """Frame 0, as the event stream tells it."""

    bias: list[float] | None = None


class Preview(BaseModel):
    """What a recipe would make, without making it."""

    recipe: RecipeJson
    total_steps: int
    parameters: int
    memory_bytes: int
    layers: list[PreviewLayer]
    snapshot: FirstSnapshot
