"""A run's film as a NumPy file."""

import base64
from pathlib import Path
from typing import Any

import numpy as np

from .client import Client
from .taking import open_to_write


def write_film(client: Client, run_id: str, path: Path, data_folder: Path) -> None:
    """Writes what every conv layer's filters were at each snapshot of a run.

    For each layer, say `conv1`: `conv1/steps` (frames,), `conv1/kernels` (frames, height, width,
    in, out) float32, and where the layer was judged `conv1/score` and `conv1/label` (frames, out).
    """
    arrays: dict[str, Any] = {}
    for layer in client.call("GET", f"/api/runs/{run_id}/snapshots")["layers"]:
        film = client.call("GET", f"/api/runs/{run_id}/film?layer={layer}")
        arrays[f"{layer}/steps"] = np.array(film["steps"])
        arrays[f"{layer}/kernels"] = _decoded(film["kernels"])
        for judged in ("score", "label"):
            if film.get(judged):
                arrays[f"{layer}/{judged}"] = np.array(film[judged])
    with open_to_write(path, data_folder) as file:  # a path that ends otherwise keeps its name
        np.savez_compressed(file, **arrays)


def _decoded(spec: dict[str, str]) -> np.ndarray:
    shape = [int(length) for length in spec["shape"].split(",")]
    return np.frombuffer(base64.b64decode(spec["bdata"]), "<" + spec["dtype"]).reshape(shape)
