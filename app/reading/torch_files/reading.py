"""Reads PyTorch's files, whichever way they are written, into layers."""

from pathlib import Path
from typing import Final

from ..contents import Contents, FoundLayer
from ..files import Layout
from ..named_layers import checked, layers_of
from ..steps import step_in
from ..tensor_names import is_average
from ..tensors import StoredTensor, TensorList
from ..unclear import Unclear
from .legacy import open_legacy
from .module_layers import layers_in
from .modules import modules_in
from .source import TorchSource
from .tree import TorchTree, found_in
from .zipped import open_zipped

_MOST_CLASSES: Final = 1000
_CLASSES: Final = ("class_names", "classes", "names", "labels")


def read_torch(path: Path, layout: Layout | None) -> Contents:
    """Reads a zip of PyTorch; see `read_weights`."""
    return _contents(open_zipped(path), layout)


def read_legacy_torch(path: Path, layout: Layout | None) -> Contents:
    """Reads what PyTorch wrote before 1.6; see `read_weights`."""
    return _contents(open_legacy(path), layout)


def _contents(source: TorchSource, layout: Layout | None) -> Contents:
    notes = Unclear()
    found = found_in(source.tree)
    layers = _of_modules(source, found, notes)
    if not layers:
        tensors = _tensors(source, found, notes)
        layers = layers_of(TensorList(tensors, True, notes), layout)
    root = source.tree if isinstance(source.tree, dict) else {}
    step, unit = step_in({**source.origin, **root})
    return Contents(
        source.format,
        layers,
        _framework(root),
        notes.told(),
        step,
        unit,
        _class_names(root, {layer.shape[-1] for layer in layers}),
    )


def _of_modules(source: TorchSource, found: TorchTree, notes: Unclear) -> tuple[FoundLayer, ...]:
    """Reads whole modules; those that are averages only where there are no others."""
    averages = [(name, module) for name, module in found.modules if is_average(name)]
    plain = [(name, module) for name, module in found.modules if not is_average(name)]
    if plain and averages:
        notes.add("averaged copies of the weights were left out; these are the weights themselves")
    elif averages:
        notes.add("these are averages of the weights; the weights themselves aren't in the file")
    layers: list[FoundLayer | None] = []
    for name, module in plain or averages:
        before = name if len(plain or averages) > 1 else ""
        layers += layers_in(source, list(modules_in(module)), before, notes)
    return checked(layers, len(layers), notes) if layers else ()


def _tensors(source: TorchSource, found: TorchTree, notes: Unclear) -> tuple[StoredTensor, ...]:
    tensors = []
    for name, tensor in found.tensors:
        if tensor.repeats_itself:
            if len(tensor.shape) > 1:
                notes.add_of(name, "left out, for it shows the same few numbers again and again")
        else:
            tensors.append(source.tensor(name or "weights", tensor)._replace(axes="oihw"))
    return tuple(tensors)


def _framework(root: dict[object, object]) -> str:
    version = root.get("pytorch-lightning_version")
    return f"Lightning {version[:40]}" if isinstance(version, str) else "PyTorch"


def _class_names(root: dict[object, object], outputs: set[int]) -> tuple[str, ...]:
    """Returns names that a checkpoint lists, if some layer tells as many things apart."""
    for name in _CLASSES:
        listed = root.get(name)
        names = list(listed.values()) if isinstance(listed, dict) else listed
        if (
            isinstance(names, list | tuple)
            and len(names) in outputs
            and len(names) <= _MOST_CLASSES
        ):
            texts = tuple(text[:200] for text in names if isinstance(text, str))
            if len(texts) == len(names):
                return texts
    return ()
