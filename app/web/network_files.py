"""A run's network as a model file: which steps it can be had of, and what goes into it."""

import json
import math
from typing import BinaryIO

from .. import __version__
from ..export.material import NetworkFormat
from ..inspection.subject import Subject
from ..recipe import Recipe
from ..store import Reading, RunRow
from ..translation.script import with_inputs
from ..translation.torch_network import scaling_call, torch_network
from .chosen import check_known
from .problems import Problem

# What names, places and the origin take beside the weights, as measured on the presets.
_BESIDE_BYTES: dict[NetworkFormat, int] = {
    "keras": 0,
    "onnx": 2_000,
    "torch": 5_000,
    "safetensors": 3_000,
}
_KERAS_LAYER_BYTES = 4_000
_PIXELS = "pixels from 0 to 255"
_AS_ITS_PROGRAM = "pictures as the program that trained the network prepared them"
_NO_CLASSIFIER = (
    "A sparse code is no network that Keras, ONNX or PyTorch has, since it answers by a threshold "
    "of its own; format=npz has its filters."
)
_NEVER_WHOLE = (
    "No step of this run holds the whole network: of those beyond a million parameters the conv "
    "layers alone are kept. format=npz has them."
)


def network_steps(store: Reading, run: RunRow) -> list[int]:
    """Returns the steps of which a run's network is on record whole, in order.

    Raises:
        Problem: 409 if its layers aren't all known, or are no network that names something.
    """
    check_known(run, "network")
    if run.described.objective == "sparse-code":
        raise Problem(409, "not_known", _NO_CLASSIFIER)
    weighed = [layer.name for layer in run.described.layers if layer.shape is not None]
    steps = set(store.snapshot_steps(run.id, weighed[-1])) if weighed else set()
    for name in weighed[:-1] if steps else []:
        steps &= set(store.snapshot_steps(run.id, name))
    return sorted(steps)


def network_bytes(run: RunRow) -> dict[NetworkFormat, int]:
    """Reckons about what a file of each format weighs, of a run whose layers are all known."""
    network, places = run.described.network, 0
    if network is not None:
        shape, layers = network.input_shape, list(network.layers)
    else:
        recipe = Recipe.model_validate_json(run.recipe or "{}")
        shape, layers = recipe.dataset_info.shape, recipe.layers
        places = shape[0] * shape[1] if recipe.pixels == "shuffled" else 0
    numbers = sum(
        math.prod(spec.shape)
        for _, layer, inputs in with_inputs(layers, shape)
        for spec in layer.weights(inputs)
    )
    # Keras has pixels in another order by a matrix alone.
    in_keras = 4 * places**2 + _KERAS_LAYER_BYTES * (len(layers) + 1)
    beside = _BESIDE_BYTES | {"keras": in_keras}
    return {kind: 4 * numbers + more for kind, more in beside.items()}


def network_step(store: Reading, run: RunRow, asked: str | None) -> int:
    """Returns the step that `asked` means, unsaid the latest; a Problem if there is no network
    of it, with the nearest.
    """
    steps = network_steps(store, run)
    if not steps:
        why = _NEVER_WHOLE if store.snapshot_steps(run.id) else "This run has no snapshot yet."
        raise Problem(404, "no_snapshot", why, field="step")
    if asked in (None, "first", "latest"):
        return steps[0 if asked == "first" else -1]
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 16):
        message = "step must be a whole number, or first, or latest."
        raise Problem(422, "invalid", message, field="step")
    step = int(asked)
    if step not in steps:
        nearest = min(steps, key=lambda there: abs(there - step))
        message = (
            f"The whole network isn't on record after {step} updates; it is after {nearest}, which "
            "is the nearest."
        )
        raise Problem(404, "no_snapshot", message, field="step", limit=nearest)
    return step


def write_network_file(file: BinaryIO, subject: Subject, run: RunRow, kind: NetworkFormat) -> None:
    """Writes the file, in the process aside.

    Raises:
        Missing: the snapshot was deleted meanwhile, or lacks weights.
        Refused: the format has no room for what is done to pixels first.
    """
    from ..export.models.written import write_network
    from ..inspection.whole import whole_network

    network = whole_network(subject)
    layers, prepared = [told.layer for told in network.layers], network.preparation
    takes, scaling, shuffled = _AS_ITS_PROGRAM, None, False
    if prepared is not None:
        takes, shuffled = _PIXELS, prepared.order is not None
        scaling = scaling_call(network.input_shape, getattr(prepared.scaling, "least", None))
    code = torch_network(layers, network.input_shape, scaling, shuffled=shuffled)
    write_network(file, network, _origin(run, subject.step, takes), code, kind)


def _origin(run: RunRow, step: int, takes: str) -> dict[str, str]:
    """Says where the network came from, and what it takes and gives."""
    told = {
        "filterscope": __version__,
        "run": run.id,
        "name": run.name,
        "note": run.annotations.note,
        "step": str(step),
        "trained_with": run.described.framework,
        "takes": takes,
        "gives": "logits",
        "class_names": json.dumps(run.described.class_names, ensure_ascii=False),
        "recipe": run.recipe,
    }
    return {name: text for name, text in told.items() if text is not None}
