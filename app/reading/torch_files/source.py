"""Where the storages of a PyTorch file lie, and what its pickle describes."""

from collections.abc import Callable
from typing import NamedTuple

from ..pieces import FilePiece
from ..tensors import StoredTensor
from .storages import PickledTensor


class TorchSource(NamedTuple):
    """A PyTorch file, opened.

    Attributes:
        format: `torch`, `torch_legacy` or `torchscript`.
        tree: what was saved, made of plain and inert things.
        unknown: paths of classes and functions that were left alone.
        piece: opens a storage by its key.
        origin: what Filterscope wrote beside a network that it handed out; empty elsewhere.
        settings: tells of a scripted class what its text says; empty elsewhere.
    """

    format: str
    tree: object
    unknown: tuple[str, ...]
    piece: Callable[[str], FilePiece]
    origin: dict[object, object] = {}  # noqa: RUF012 — nobody changes it
    settings: Callable[[str], dict[str, object]] = lambda _made_by: {}

    def tensor(self, name: str, found: PickledTensor) -> StoredTensor:
        """Returns a tensor of the tree under a name."""
        return StoredTensor(
            name, found.shape, found.element, lambda: found.read(self.piece(found.storage.key))
        )
