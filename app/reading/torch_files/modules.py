"""Modules of PyTorch as a pickle keeps them: their parameters, their parts, their settings."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from ..contents import WeightsUnreadable
from ..pickles import PickledObject
from .storages import PickledTensor

_SCRIPTED: Final = "__torch__."
_AROUND: Final = ("DataParallel", "DistributedDataParallel", "OptimizedModule", "AveragedModel")
_DEEPEST: Final = 64
_MOST_MODULES: Final = 100_000


class TorchModule(NamedTuple):
    """One module.

    Attributes:
        path: as `named_modules` calls it; empty of the outermost.
        made_by: the path of its class.
        tensors: its own parameters and buffers.
        parts: the modules in it, in their order.
        settings: its other attributes, as `stride`.
    """

    path: str
    made_by: str
    tensors: dict[str, PickledTensor]
    parts: dict[str, PickledObject]
    settings: dict[str, object]

    @property
    def class_name(self) -> str:
        """Its class, without where that is defined."""
        return self.made_by.rpartition(".")[2]


def is_module(found: PickledObject) -> bool:
    """Tells whether it is what a subclass of `nn.Module`, or a scripted one, becomes."""
    state = found.state
    if not isinstance(state, dict):
        return False
    return found.made_by.startswith(_SCRIPTED) or {"_parameters", "_modules"} <= state.keys()


def modules_in(root: PickledObject) -> Iterator[TorchModule]:
    """Goes through a module and all in it as `named_modules` does: each once, outer ones first.

    Raises:
        WeightsUnreadable: they are nested without end.
    """
    seen: set[int] = set()
    waiting = [("", _unwrapped(root), 0)]
    while waiting:
        path, found, depth = waiting.pop()
        if id(found) in seen:
            continue
        seen.add(id(found))
        if depth > _DEEPEST or len(seen) > _MOST_MODULES:
            raise WeightsUnreadable(
                "its modules are nested deeper than any network's; save its state_dict() alone"
            )
        module = _opened(path, found)
        yield module
        inner = [
            (f"{path}.{n}" if path else n, part, depth + 1) for n, part in module.parts.items()
        ]
        waiting.extend(reversed(inner))


def _unwrapped(root: PickledObject) -> PickledObject:
    """Returns the module inside what was put around it for its training, as `watch` does."""
    for _ in range(_DEEPEST):
        module = _opened("", root)
        inner = module.parts.get("module") or module.parts.get("_orig_mod")
        if module.class_name not in _AROUND or inner is None:
            break
        root = inner
    return root


def _opened(path: str, found: PickledObject) -> TorchModule:
    state = _texts(found.state)
    if found.made_by.startswith(_SCRIPTED):
        kept, held = state, state
    else:
        kept = {**_texts(state.get("_parameters")), **_texts(state.get("_buffers"))}
        held = _texts(state.get("_modules"))
    return TorchModule(
        path,
        found.made_by,
        {name: value for name, value in kept.items() if isinstance(value, PickledTensor)},
        {
            name: value
            for name, value in held.items()
            if isinstance(value, PickledObject) and is_module(value)
        },
        {n: value for n, value in state.items() if not isinstance(value, PickledObject)},
    )


def _texts(entries: object) -> dict[str, object]:
    """Returns the entries whose keys are names."""
    if isinstance(entries, PickledObject):
        entries = entries.items
    if not isinstance(entries, dict):
        return {}
    return {key[:200]: value for key, value in entries.items() if isinstance(key, str)}
