"""A network for `keras.models.load_model`: a zip of two texts and one HDF5 file, without Keras.

After https://keras.io/guides/serialization_and_saving: each layer's arrays lie under its class's
name in snake case, numbered from the second of a class on, and by their places in the layer.
"""

import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

import h5py
import numpy as np

from ...inspection.refused import Refused
from ...inspection.whole import Contrasted, Preparation, Shifted, WholeNetwork
from .archive import PlainArchive
from .keras_layers import KerasLayer, keras_layer
from .origin import Origin

_NAME = "filterscope"  # of the model
_VERSION = "3.0.0"  # the first that has these files
_NO_LAYER = (
    "Keras has no layer for the scaling local-contrast; format=onnx and format=torch hold it, and "
    "format=npz the weights"
)


def write_keras(file: BinaryIO, network: WholeNetwork, origin: Origin) -> None:
    """Writes a Sequential that takes pixels, float32 (batch, height, width, channels).

    Raises:
        Refused: what is done to pixels before can't be said in Keras's layers.
    """
    layers = [*_preparing(network), *map(keras_layer, network.layers)]
    archive = PlainArchive(file)
    about = {"keras_version": _VERSION, "filterscope": origin}
    archive.put("metadata.json", json.dumps(about, ensure_ascii=False))
    archive.put("config.json", json.dumps(_config(network, layers)))
    archive.put("model.weights.h5", _weights(layers))
    archive.close()


def _config(network: WholeNetwork, layers: list[KerasLayer]) -> dict[str, Any]:
    shape = [None, *network.input_shape]
    name = "images" if network.preparation is None else "pixels"
    given = KerasLayer("InputLayer", {"batch_shape": shape, "name": name})
    stack = [layer.as_json() for layer in (given, *layers)]
    config = {"name": _NAME, "layers": stack, "build_input_shape": shape}
    model = {"module": "keras", "class_name": "Sequential", "config": config}
    return model | {"registered_name": None, "build_config": {"input_shape": shape}}


def _weights(layers: list[KerasLayer]) -> bytes:
    content, counts = io.BytesIO(), Counter[str]()
    with h5py.File(content, "w", libver=("earliest", "v108")) as file:
        file.create_group("vars").attrs["name"] = _NAME
        for layer in layers:
            stem = _snake(layer.class_name)
            number = counts[stem]
            counts[stem] += 1
            place = f"layers/{stem}_{number}" if number else f"layers/{stem}"
            kept = file.create_group(f"{place}/vars")
            kept.attrs["name"] = layer.config["name"]
            for index, array in enumerate(layer.arrays):
                kept.create_dataset(str(index), data=array, dtype="<f4", track_times=False)
    return content.getvalue()


def _snake(class_name: str) -> str:
    """Writes a class's name as Keras does: `GlobalAveragePooling2D`, `global_average_pooling2d`."""
    apart = re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", re.sub(r"\W+", "", class_name))
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", apart).lower()


def _preparing(network: WholeNetwork) -> Iterator[KerasLayer]:
    prepared = network.preparation
    if prepared is None:
        return
    if isinstance(prepared.scaling, Contrasted):
        raise Refused(_NO_LAYER, "format")
    yield from _ordering(network, prepared)
    yield _rescaling(prepared.scaling)


def _ordering(network: WholeNetwork, prepared: Preparation) -> Iterator[KerasLayer]:
    """Yields what puts pixels in another order: Keras has matrices for that alone."""
    if prepared.order is None:
        return
    height, width, channels = network.input_shape
    places = height * width
    moves = np.zeros((places, places), np.float32)
    moves[prepared.order, np.arange(places)] = 1
    turned = {"dims": [2, 1]}
    config = {"name": "pixel_order", "units": places, "use_bias": False, "trainable": False}
    yield KerasLayer("Reshape", {"name": "in_line", "target_shape": [places, channels]})
    yield KerasLayer("Permute", {"name": "places_last", **turned})
    yield KerasLayer("Dense", config, [moves])
    yield KerasLayer("Permute", {"name": "channels_last", **turned})
    yield KerasLayer("Reshape", {"name": "shuffled", "target_shape": [height, width, channels]})


def _rescaling(scaling: Shifted) -> KerasLayer:
    offsets = [float(-mean * scaling.factor) for mean in scaling.mean]
    offset = offsets if len(offsets) > 1 else offsets[0]
    config = {"name": "scaling", "scale": scaling.factor, "offset": offset}
    return KerasLayer("Rescaling", config)
