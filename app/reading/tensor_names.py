"""What names of tensors say: which belong to the network itself, and to which of its layers."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from .tensors import StoredTensor
from .unclear import Unclear

_PARTS: Final = re.compile(r"[./]")
# An optimiser keeps arrays of the shapes of what it trains.
_OPTIMISER: Final = re.compile(
    r"(?i)\w*optim\w*|opt|opt_state\w*|exp_avg\w*|square_avg|momentum(_buffer)?|adam\w*|slots?"
    r"|\w*scheduler\w*"
)
_AVERAGED: Final = re.compile(
    r"(?i)ema|ema_\w+|\w+_ema|averaged?_\w+|\w+_averaged?|swa\w*|shadow\w*"
)
_WRAPPERS: Final = ("module", "model", "state_dict", "model_state_dict", "params", "_orig_mod")


class NamedTensor(NamedTuple):
    """A tensor of the network.

    Attributes:
        path: of the layer that it belongs to, as `watch` calls it.
        leaf: what it is there: `weight`, `bias`, `kernel`, …
    """

    path: str
    leaf: str
    tensor: StoredTensor


def of_the_network(tensors: Sequence[StoredTensor], notes: Unclear) -> list[NamedTensor]:
    """Leaves out what optimisers keep, and averages where the weights stand beside them."""
    own = [tensor for tensor in tensors if not _any_part(_OPTIMISER, tensor.name)]
    plain = [tensor for tensor in own if not _any_part(_AVERAGED, tensor.name)]
    if len(own) < len(tensors):
        notes.add(f"what the optimiser keeps was left out ({len(tensors) - len(own):,} tensors)")
    if len(plain) < len(own) and any(len(tensor.shape) > 1 for tensor in plain):
        notes.add(
            f"averaged copies of the weights were left out ({len(own) - len(plain):,} tensors); "
            "what is shown are the weights themselves"
        )
        own = plain
    elif len(plain) < len(own):
        notes.add("these are averages of the weights; the weights themselves aren't in the file")
    return _named(own)


def is_average(name: str) -> bool:
    """Tells whether what bears that name is an average over training of something else."""
    return any(_AVERAGED.fullmatch(part) for part in _PARTS.split(name))


def _any_part(pattern: re.Pattern[str], name: str) -> bool:
    return any(pattern.fullmatch(part) for part in _PARTS.split(name)[:-1]) or bool(
        _PARTS.search(name) and pattern.fullmatch(_PARTS.split(name)[-1])
    )


def _named(tensors: Sequence[StoredTensor]) -> list[NamedTensor]:
    around = _around([tensor.name for tensor in tensors if len(tensor.shape) > 1])
    return [_apart(tensor, tensor.name.removeprefix(around)) for tensor in tensors]


def _around(names: list[str]) -> str:
    """Gives what all kernels' names begin with because something was put around the network."""
    length = 0
    while names:
        first = _PARTS.split(names[0][length:])
        begun = length + len(first[0]) + 1
        begin = names[0][:begun]
        # A Sequential's layers are called by numbers: `model.0` is its name, not `0`.
        is_wrapper = len(first) > 2 and first[0] in _WRAPPERS
        if not is_wrapper or not all(name.startswith(begin) for name in names):
            break
        if first[0] == "model" and any(name[begun : begun + 1].isdigit() for name in names):
            break
        length = begun
    return names[0][:length] if names else ""


def _apart(tensor: StoredTensor, name: str) -> NamedTensor:
    seams = [found.start() for found in _PARTS.finditer(name)]
    end = seams[-1] if seams else 0
    leaf = name[end + 1 :] if seams else name
    path = name[:end].replace("_orig_mod.", "").replace("._orig_mod", "")
    return NamedTensor("" if path == "_orig_mod" else path, leaf, tensor)


def natural(name: str) -> tuple[tuple[int, int | str], ...]:
    """Gives a key that sorts names as people count: `conv2` before `conv10`."""
    parts = re.split(r"(\d{1,15})", name)
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in parts if part)
