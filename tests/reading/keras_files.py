"""Files as the versions of Keras write them, made by h5py; nothing of Keras is needed."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def numbers(*shape: int, seed: int = 0) -> NDArray[np.float32]:
    """Makes weights that are all different."""
    return np.random.default_rng(seed).normal(size=shape).astype("f4")


def layer(class_name: str, name: str, **settings: Any) -> dict[str, Any]:
    """Describes one layer as Keras does."""
    return {"class_name": class_name, "config": {"name": name, **settings}}


def sequential(*layers: dict[str, Any], name: str = "net") -> dict[str, Any]:
    """Describes a Sequential."""
    return {"class_name": "Sequential", "config": {"name": name, "layers": list(layers)}}


def counted_h5(
    places: Mapping[str, Sequence[Array]], names: Mapping[str, str] | None = None, **file: Any
) -> bytes:
    """Writes arrays as Keras 3 does: place/vars/0, place/vars/1."""
    held = io.BytesIO()
    with h5py.File(held, "w", **file) as root:
        for place, arrays in places.items():
            group = root.create_group(f"{place}/vars")
            if names and place in names:
                group.attrs["name"] = names[place]
            for number, array in enumerate(arrays):
                group[str(number)] = array
    return held.getvalue()


def keras_zip(
    path: Path, config: Any, weights: bytes, *, version: str = "3.15.1", packed: bool = False
) -> Path:
    """Writes a `.keras` file."""
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": version}))
        archive.writestr("config.json", json.dumps(config))
        archive.writestr("model.weights.h5", weights)
    return path


def named_h5(
    path: Path,
    layers: Mapping[str, Mapping[str, Array]],
    config: Any = None,
    *,
    version: str | None = "2.3.1",
    backend: str | None = "tensorflow",
    parts: int = 0,
) -> Path:
    """Writes the `.h5` of Keras 1, 2 and 3: arrays by layer and name, in order.

    Args:
        parts: into how many attributes the names of layers are split; 0 keeps them in one.
    """
    with h5py.File(path, "w") as root:
        group = root.create_group("model_weights") if config is not None else root
        if config is not None:
            root.attrs["model_config"] = json.dumps(config).encode()
        for holder in (root, group):
            for name, text in (("keras_version", version), ("backend", backend)):
                if text is not None:
                    holder.attrs[name] = text.encode()
        _put_names(group, "layer_names", list(layers), parts)
        for name, arrays in layers.items():
            within = group.create_group(name)
            _put_names(within, "weight_names", list(arrays), 0)
            for leaf, array in arrays.items():
                within[leaf] = array
    return path


def _put_names(group: h5py.Group, name: str, texts: list[str], parts: int) -> None:
    encoded = np.array([text.encode() for text in texts])
    if not parts:
        group.attrs[name] = encoded
    for number, part in enumerate(np.array_split(encoded, parts or 1) if parts else ()):
        group.attrs[f"{name}{number}"] = part
