"""All files that nobody should open, and what reading them in a process of its own comes to.

`python -m tests.reading.corpus FOLDER` reads each under a limit of memory and prints what came.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.reading.contents import WeightsUnreadable
from app.reading.files import read_weights
from tests.reading import keras_traps, onnx_traps
from tests.reading.arrays_corpus import ARRAYS_CORPUS
from tests.reading.torch_corpus import TORCH_CORPUS

# By name: what writes such a file to a path, and what the sentence about it must say.
CORPUS: dict[str, tuple[Callable[[Path], Any], str]] = {
    **TORCH_CORPUS,
    **ARRAYS_CORPUS,
    **{trap.name: (trap.make, trap.says) for trap in (*keras_traps.traps(), *onnx_traps.traps())},
}
MOST_MEGABYTES = 300


def read_all(path: Path) -> str | None:
    """Reads a file and all of its kernels; returns the sentence of the refusal, if it is one."""
    try:
        for layer in read_weights(path).layers:
            if layer.described.shape is not None:
                layer.kernel()
            if layer.bias is not None:
                layer.bias()
    except WeightsUnreadable as refusal:
        return str(refusal)
    return None


def _limit_memory() -> None:
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    (used,) = (line for line in status.splitlines() if line.startswith("VmSize:"))
    most = int(used.split()[1]) * 1024 + MOST_MEGABYTES * 1024**2
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def main(folder: Path) -> None:
    """Prints for each file of the folder its name, the seconds it took, and the sentence."""
    from app.reading.files import _formats

    _formats()
    _limit_memory()
    for path in sorted(folder.iterdir()):
        begun = time.process_time()
        try:
            said = read_all(path)
        except BaseException as error:
            said = f"!! {type(error).__name__}: {error}"
        row = [path.name, time.process_time() - begun, said]
        print(json.dumps(row), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
