"""`--filters gabor`: first filters as they are chosen on the command line."""

import base64
import json
from pathlib import Path
from typing import Any, get_args

from ..vocabulary.kernel_starts import BankName

_BANKS: tuple[str, ...] = get_args(BankName)
_KINDS = (
    f"{', '.join(_BANKS)}, a bank's FILE.json, FILE.npy (height, width, channels, filters), "
    "RUN or RUN@STEP"
)


def chosen_filters(text: str) -> dict[str, Any]:
    """Returns the `kernel_initializer` that `text` names: a bank, a file, or a run's filters.

    Raises:
        ValueError: the file holds something else than one whole kernel.
        OSError: the file can't be read.
    """
    if text in _BANKS:
        return {"type": "bank", "name": text}
    if text.endswith(".json"):
        return {"type": "given", "kernel": _bank_file(Path(text))}
    if text.endswith(".npy"):
        return {"type": "given", "kernel": _typed_array(Path(text))}
    run, _, step = text.partition("@")
    if not run.isalnum():
        raise ValueError(f"--filters takes {_KINDS}; not {text!r}")
    place = int(step) if step.isdecimal() else step
    return {"type": "run", "run": run, "step": place or "latest", "layer": "conv1"}


def _bank_file(path: Path) -> Any:
    """Reads a bank that the workshop wrote."""
    told = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(told, dict) or told.get("filterscope_bank") != 1 or "kernel" not in told:
        raise ValueError(f"{path} is no bank: the workshop's Export writes one")
    empty = told.get("empty")
    slots = [slot + 1 for slot in empty if type(slot) is int] if isinstance(empty, list) else []
    if slots:
        places = ", ".join(map(str, slots))
        raise ValueError(f"{path} has no filter in slot {places}: fill the bank in the workshop")
    return told["kernel"]


def _typed_array(path: Path) -> dict[str, str]:
    import numpy as np  # costs what the other commands needn't pay

    array = np.load(path, allow_pickle=False)
    if not isinstance(array, np.ndarray) or array.ndim != 4 or array.dtype.kind not in "fiu":
        raise ValueError(
            f"{path} must hold one array of numbers, (height, width, channels, filters), as "
            "numpy.save writes it"
        )
    lengths = ", ".join(map(str, array.shape))
    data = base64.b64encode(array.astype("<f4").tobytes()).decode()
    return {"dtype": "f4", "shape": lengths, "bdata": data}
