"""Presets and previews as the interface tells them."""

from .exchanged import Exchanged
from .history import JudgedKernel
from .recipes import RecipeJson


class PresetAnswer(Exchanged):
    """A recipe worth starting with, in a learner's words."""

    name: str
    title: str
    sentence: str
    doubt: str
    recipe: RecipeJson
    total_steps: int


class PresetList(Exchanged):
    """All presets, in the order to show them."""

    presets: list[PresetAnswer]


class PreviewLayer(Exchanged):
    """One layer as it would be; the shape is without the batch."""

    name: str
    type: str
    output_shape: list[int]
    parameters: int


class FirstSnapshot(JudgedKernel):
    """Frame 0, as the event stream tells it."""

    bias: list[float] | None = None


class Preview(Exchanged):
    """What a recipe would make, without making it."""

    recipe: RecipeJson
    total_steps: int
    parameters: int
    memory_bytes: int
    layers: list[PreviewLayer]
    snapshot: FirstSnapshot
