"""The functions that need NumPy; they run in the `Aside`, never in the server's own process."""

from pathlib import Path
from typing import Any, Literal, NamedTuple

from ..events import EncodedEvent, StoredArray
from ..export.material import ExportRequest, Material
from ..recipe import Recipe


class Weights(NamedTuple):
    """A snapshot's arrays with the recipe they were trained by, where there is one."""

    recipe_json: str | None
    arrays: tuple[StoredArray, ...]
    cache_folder: Path


def first_snapshot(recipe: Recipe, cache_folder: Path) -> EncodedEvent:
    """The snapshot event at step 0 of a run of `recipe`."""
    from ..training import preview

    return preview.first_snapshot(recipe, cache_folder)


def sample_images(
    name: str, split: Literal["train", "test"], start: int, count: int, cache_folder: Path
) -> tuple[tuple[int, ...], bytes, list[int]]:
    """Shape and bytes of natural images, uint8 NHWC, and their labels."""
    from ..datasets import load

    images, labels = load(name, cache_folder=cache_folder).sample(split, start, count)
    return images.shape, images.tobytes(), labels.tolist()


def unit(weights: Weights, layer: str, index: int, first: StoredArray) -> dict[str, Any]:
    """All there is to say of one filter; `first` is its layer's kernel at frame 0."""
    from ..inspection.snapshot import KeptSnapshot
    from ..inspection.unit import unit

    return unit(KeptSnapshot(*weights), layer, index, first)


def pull(
    weights: Weights, step: int, start_rate: float | None, layer: str, index: int
) -> dict[str, Any]:
    """How the batch after `step` updates pulls one filter."""
    from ..inspection.pull import pull
    from ..inspection.snapshot import KeptSnapshot

    return pull(KeptSnapshot(*weights), step, start_rate, layer, index)


def activations(
    weights: Weights, layers: tuple[str, ...], question: dict[str, Any]
) -> dict[str, Any]:
    """Feature maps and class probabilities of the image that `question` is about."""
    from ..inspection.seen import activations
    from ..inspection.snapshot import KeptSnapshot

    return activations(KeptSnapshot(*weights), layers, question)


def place_in_network(weights: Weights, question: dict[str, Any]) -> dict[str, Any]:
    """One output of a filter, worked out."""
    from ..inspection.place import place_in_network
    from ..inspection.snapshot import KeptSnapshot

    return place_in_network(KeptSnapshot(*weights), question)


def place_by_hand(question: dict[str, Any]) -> dict[str, Any]:
    """One output of an image and a kernel that were sent, worked out."""
    from ..inspection.place import place_by_hand

    return place_by_hand(question)


def starts() -> list[dict[str, Any]]:
    """Every initialiser with its formula."""
    from ..inspection.starts import starts

    return starts()


def start(name: str, shape: tuple[int, ...], seed: int) -> dict[str, Any] | None:
    """What an initialiser does to kernels of a shape; None if there is none of that name."""
    from ..inspection.starts import start

    return start(name, shape, seed)


def render(material: Material, wanted: ExportRequest) -> bytes:
    """The file that somebody wants to take home."""
    from ..export.render import render

    return render(material, wanted)
