"""Questions about recorded weights: the store is read here, once a snapshot, not by who asks."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..analysis.walk import Walk
from ..events import StoredArray
from ..recipe import Recipe
from ..store import reading_beside
from ..training.objectives import objective_of
from ..vocabulary.layers.naming import kernel_name
from . import expansion, own_picture, place, pull, seen, unit
from .arrays import unpacked
from .cache import CACHE
from .refused import Missing
from .snapshot import KeptSnapshot
from .subject import Subject
from .switched_walk import switched_walk


def unit_of(subject: Subject, layer: str, index: int) -> dict[str, Any]:
    """Returns all there is to say of one filter.

    Raises:
        Missing: there is no such snapshot or filter any more.
    """
    kept = kept_at(subject)
    check_filter(kept, layer, index)
    return unit.unit(kept, layer, index, first_kernel(subject, layer))


def expanded_of(subject: Subject, layer: str) -> dict[str, Any]:
    """Returns all filters of a layer in pixels.

    Raises:
        Missing: there is no such snapshot any more.
        Refused: they are too large to send at once.
    """
    kept = kept_at(subject)
    check_filter(kept, layer, 0)
    return expansion.expanded_layer(kept, layer)


def pull_of(subject: Subject, layer: str, index: int) -> dict[str, Any]:
    """Says which way the batch after the snapshot's updates pulls one filter; raises as
    `unit_of`.
    """
    kept = kept_at(subject)
    check_filter(kept, layer, index)
    return pull.pull(kept, subject.step, _start_rate(subject), layer, index)


def activations_of(
    subject: Subject, layers: tuple[str, ...], question: dict[str, Any]
) -> dict[str, Any]:
    """Returns feature maps and class probabilities of the image that `question` is about.

    Where it has `switched`, they are those of a copy with these filters switched.

    Raises:
        Missing: there is no such snapshot, or no such filter to switch.
        Refused: the image isn't there, or isn't one for this network.
    """
    kept, switched = kept_at(subject), question.get("switched")
    if switched is None:
        return seen.activations(kept, layers, question)
    layer, filters, how = switched["layer"], tuple(switched["filters"]), switched["how"]
    check_filter(kept, layer, max(filters), "switched.filters")
    first = unpacked([first_kernel(subject, layer)]) if how == "noise" else {}
    kernel = next(iter(first.values()), None)

    def carry(of: KeptSnapshot, image: NDArray[np.float32]) -> Walk:
        return switched_walk(of, image, layer, filters, how, kernel)

    return seen.activations(kept, layers, question, carry)


def place_of(subject: Subject, question: dict[str, Any]) -> dict[str, Any]:
    """Returns one output of a filter, taken apart; raises as `activations_of`."""
    kept = kept_at(subject)
    if kept.described is not None:
        return own_picture.place_on_picture(kept, kept.described, question)
    return place.place_in_network(kept, question)


def kept_at(subject: Subject) -> KeptSnapshot:
    """Returns a snapshot with all its arrays; the last ones stay in memory."""
    return CACHE.get(("snapshot", subject), lambda: _read(subject))


def _read(subject: Subject) -> KeptSnapshot:
    reading = reading_beside(subject.database)
    run, snapshot = reading.run(subject.run_id), reading.snapshot(subject.run_id, subject.step)
    if run is None or snapshot is None:
        raise Missing("This snapshot was deleted meanwhile", "no_snapshot")
    described = run.described if run.recipe is None else None
    arrays = tuple(snapshot.arrays.values())
    return KeptSnapshot(run.recipe, arrays, subject.cache_folder, described)


def first_kernel(subject: Subject, layer: str) -> StoredArray:
    """Returns a layer's kernel before training; Missing if the run is gone.

    That is of the first snapshot there is; of a run that goes on from another one it is drawn once
    more, for its recipe has the same seed.
    """

    def read() -> StoredArray:
        reading, name = reading_beside(subject.database), kernel_name(layer)
        run = reading.run(subject.run_id)
        if run is not None and run.recipe is not None and run.described.continues is not None:
            return _drawn(Recipe.model_validate_json(run.recipe), name)
        first = reading.first_array(subject.run_id, name)
        if first is None:
            raise Missing("This run was deleted meanwhile", "run_unknown")
        return first

    return CACHE.get(("first kernel", subject.database, subject.run_id, layer), read)


def _drawn(recipe: Recipe, name: str) -> StoredArray:
    kernel = objective_of(recipe).network.conv_weights()[name]
    return StoredArray(name, kernel.shape, kernel.astype("<f4").tobytes())


def _start_rate(subject: Subject) -> float | None:
    """Gives what somebody set the learning rate to before the snapshot's next update, in this run
    or in the one that it goes on from, if anybody did.
    """
    reading = reading_beside(subject.database)
    changes = reading.bodies(subject.run_id, "learning_rate_changed")
    before = [body["learning_rate"] for body in changes if body["step"] <= subject.step]
    beginning = None if before else reading.beginning(subject.run_id)
    return before[-1] if before else beginning and beginning.start_rate


def check_filter(kept: KeptSnapshot, layer: str, index: int, field: str = "index") -> None:
    """Raises Missing, about `field`, if there is no such filter, or its layer wasn't kept."""
    shapes = {array.name: array.shape for array in kept.arrays}
    if kernel_name(layer) not in shapes:
        raise Missing(f"The weights of {layer} weren't kept at this step", "no_layer", "layer")
    shape = shapes[kernel_name(layer)]
    is_depthwise = kept.described is not None and kept.described.layer(layer).is_depthwise
    filters = math.prod(shape[-2:]) if is_depthwise else shape[-1]
    if index >= filters:
        message = f"{layer} has {filters} filters, counted from 0"
        raise Missing(message, "no_filter", field, filters - 1)
