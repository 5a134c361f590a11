"""The first layer out of a file of 100 MB, of each format, without the framework that wrote it."""

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.row import Row, milliseconds

State = dict[str, NDArray[Any]]
_MOST_SECONDS = 0.02
_MOST_BYTES = 10 * 10**6
_TRIES = 5
_FIRST = (64, 3, 7, 7)
_LATER = (512, 512, 3, 3)
_LATER_LAYERS = 11  # 104 MB together

# A process of its own has imported the readers, as one aside has; then it reads one layer twice:
# the first time what it tells of a file is put together as well.
_READING = """
import json, pathlib, sys, time
from app.reading.files import _formats, read_weights
_formats()
own = pathlib.Path("/proc/self")
def kilobytes(name):
    lines = (own / "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))
(own / "clear_refs").write_text("5")  # from here on the peak is counted anew
before, seconds = kilobytes("VmRSS:"), []
for _ in range(2):
    begun = time.perf_counter()
    layer = read_weights(pathlib.Path(sys.argv[1])).layers[0]
    shape = layer.kernel().shape
    seconds.append(time.perf_counter() - begun)
print(json.dumps([layer.described.title, shape, *seconds, 1024 * (kilobytes("VmHWM:") - before)]))
"""


def measure() -> list[Row]:
    """Measures each format, in processes that have imported what reads it."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="filterscope-bench-") as folder:
        for title, write in _WRITERS.items():
            path = Path(folder) / "weights"
            write(path, _state())
            rows += _read(title, path)
            path.unlink()
    return rows


def _read(title: str, path: Path) -> list[Row]:
    firsts, seconds, most = [], [], 0
    for _ in range(_TRIES):
        command = [sys.executable, "-c", _READING, str(path)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        assert told[:2] == ["conv1", [7, 7, 3, 64]], told
        firsts.append(told[2])
        seconds.append(told[3])
        most = max(most, told[4])
    took = median(seconds)
    shown = f"{milliseconds(took)} (the first: {milliseconds(median(firsts))})"
    megabytes = path.stat().st_size / 10**6
    return [
        Row(f"conv1 out of a {title} of {megabytes:.0f} MB", "≤ 20 ms", shown,
            took <= _MOST_SECONDS),
        Row("  memory beyond the start of the process", "≤ 10 MB", f"{most / 10**6:.1f} MB",
            most <= _MOST_BYTES),
    ]  # fmt: skip


def _state() -> State:
    chance = np.random.default_rng(0)
    shapes = {"conv1": _FIRST} | {f"conv{n + 2}": _LATER for n in range(_LATER_LAYERS)}
    return {
        f"{name}.weight": chance.standard_normal(shape, np.float32)
        for name, shape in shapes.items()
    }


def _torch(path: Path, state: State) -> None:
    from app.export.models.torch_file import write_torch

    with path.open("wb") as file:
        write_torch(file, state, {})


def _safetensors(path: Path, state: State) -> None:
    from app.export.models.safetensors_file import write_safetensors

    with path.open("wb") as file:
        write_safetensors(file, state, {})


def _npz(path: Path, state: State) -> None:
    with path.open("wb") as file:
        np.savez(file, **state)  # type: ignore[arg-type]


def _keras(path: Path, state: State) -> None:
    """Writes a `.keras` whose description names the layers, as Keras 3 does."""
    weights = io.BytesIO()
    _keras_weights(weights, state)
    names = [name.partition(".")[0] for name in state]
    layers = [{"class_name": "Conv2D", "config": {"name": name}} for name in names]
    model = {"class_name": "Sequential", "config": {"name": "net", "layers": layers}}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("metadata.json", json.dumps({"keras_version": "3.15.1"}))
        archive.writestr("config.json", json.dumps(model))
        archive.writestr("model.weights.h5", weights.getvalue())


def _keras_weights(path: Path | io.BytesIO, state: State) -> None:
    import h5py

    with h5py.File(path, "w") as file:
        for number, (name, kernel) in enumerate(state.items()):
            place = f"layers/conv2d_{number}" if number else "layers/conv2d"
            group = file.create_group(f"{place}/vars")
            group.attrs["name"] = name.partition(".")[0]
            group["0"] = kernel.transpose(2, 3, 1, 0)


def _onnx(path: Path, state: State) -> None:
    from app.export.models.onnx_graph import OnnxGraph

    graph, shown = OnnxGraph(), "images"
    for name, kernel in state.items():
        shown = graph.put(name.partition(".")[0], "Conv", shown, graph.constant(name, kernel))
    path.write_bytes(graph.model(("images", (3, 224, 224)), (shown, (512,)), {}))


_WRITERS: dict[str, Callable[[Path, State], None]] = {
    ".keras": _keras,
    ".weights.h5": _keras_weights,
    ".onnx": _onnx,
    ".pt": _torch,
    ".safetensors": _safetensors,
    ".npz": _npz,
}
