"""Goes through what a PyTorch file holds and finds its tensors by name, and its modules."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ..contents import WeightsUnreadable
from ..pickles import PickledObject
from ..tensors import check_count
from .modules import is_module
from .storages import PickledTensor

_DEEPEST: Final = 64
_MOST_VISITED: Final = 500_000
# What training keeps beside the network: nothing in it is a layer of it.
_ASIDE: Final = re.compile(
    r"(?i)callbacks|hyper_parameters|hparams\w*|loops|\w*rng\w*|\w*scaler\w*|\w*schedulers?\w*"
    r"|random\w*|args|config|_metadata"
)


class TreeTensor(NamedTuple):
    """A tensor by the names that lead to it."""

    name: str
    tensor: PickledTensor


class TorchTree(NamedTuple):
    """What lies in the tree.

    Attributes:
        tensors: those outside of modules, in the order of the file.
        modules: whole ones by name, outermost alone.
    """

    tensors: list[TreeTensor]
    modules: list[tuple[str, PickledObject]]


def found_in(tree: object) -> TorchTree:
    """Looks through dicts, lists and inert things.

    Raises:
        WeightsUnreadable: it is nested without end, or has more tensors than are read.
    """
    found = TorchTree([], [])
    seen: dict[int, object] = {}
    waiting: list[tuple[str, object, int]] = [("", tree, 0)]
    while waiting:
        name, node, depth = waiting.pop()
        if isinstance(node, PickledTensor):
            found.tensors.append(TreeTensor(name, node))
            check_count(len(found.tensors))
            continue
        if id(node) in seen or not isinstance(node, PickledObject | dict | list | tuple):
            continue
        seen[id(node)] = node
        if depth > _DEEPEST or len(seen) > _MOST_VISITED:
            raise WeightsUnreadable(
                "its pickle is nested deeper than any network; save the network's weights alone"
            )
        if isinstance(node, PickledObject) and is_module(node):
            found.modules.append((name, node))
            continue
        inner = [(_joined(name, key), value, depth + 1) for key, value in _entries(node)]
        waiting.extend(reversed(inner))
    return found


def _entries(node: object) -> Iterator[tuple[str, object]]:
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(key, str | int) and not _ASIDE.fullmatch(str(key)):
                yield str(key)[:200], value
    elif isinstance(node, list | tuple):
        for place, value in enumerate(node):
            yield str(place), value
    elif isinstance(node, PickledObject):
        for part in (node.args, node.items, node.elements, node.state):
            yield from _entries(part) if isinstance(part, dict | list | tuple) else ()


def _joined(name: str, key: str) -> str:
    return f"{name}.{key}" if name else key
