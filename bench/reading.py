"""The first layer out of a file of 100 MB, of each format, without the framework that wrote it."""

import json
import subprocess
import sys
import tempfile
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

# A process of its own has imported the readers, as one aside has; then it reads one layer.
_READING = """
import json, pathlib, sys, time
from app.reading.files import _formats, read_weights
_formats()
own = pathlib.Path("/proc/self")
def kilobytes(name):
    lines = (own / "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))
(own / "clear_refs").write_text("5")  # from here on the peak is counted anew
before, begun = kilobytes("VmRSS:"), time.perf_counter()
layer = read_weights(pathlib.Path(sys.argv[1])).layers[0]
shape = layer.kernel().shape
seconds = time.perf_counter() - begun
print(json.dumps([layer.described.title, shape, seconds, 1024 * (kilobytes("VmHWM:") - before)]))
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
    seconds, most = [], 0
    for _ in range(_TRIES):
        command = [sys.executable, "-c", _READING, str(path)]
        told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        assert told[:2] == ["conv1", [7, 7, 3, 64]], told
        seconds.append(told[2])
        most = max(most, told[3])
    took = median(seconds)
    megabytes = path.stat().st_size / 10**6
    return [
        Row(f"conv1 out of a {title} of {megabytes:.0f} MB", "≤ 20 ms", milliseconds(took),
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


_WRITERS: dict[str, Callable[[Path, State], None]] = {
    ".pt": _torch,
    ".safetensors": _safetensors,
    ".npz": _npz,
}
