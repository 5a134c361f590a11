"""A whole HDF5 file: its groups and arrays, found once, with an end."""

from dataclasses import dataclass, field
from typing import Final

from ..contents import MOST_TENSORS, WeightsUnreadable
from ..cursor import damaged
from ..pieces import FilePiece
from .arrays import Hdf5Array
from .attributes import Attributes
from .groups import links_of
from .messages import LAYOUT, messages_at
from .space import AddressSpace

_DEEPEST: Final = 64


@dataclass
class Hdf5Group:
    """One group: its attributes, and what lies in it by name."""

    name: str
    attributes: Attributes
    groups: "dict[str, Hdf5Group]" = field(default_factory=dict)
    arrays: dict[str, Hdf5Array] = field(default_factory=dict)

    def group(self, path: str) -> "Hdf5Group | None":
        """Returns a group within it by its path; None if there is none."""
        found: Hdf5Group | None = self
        for name in path.split("/"):
            found = found.groups.get(name) if found else None
        return found

    def array(self, path: str) -> Hdf5Array | None:
        """Returns an array within it by its path; None if there is none."""
        folder, _, name = path.rpartition("/")
        within = self.group(folder) if folder else self
        return within.arrays.get(name) if within else None


def read_hdf5(piece: FilePiece) -> Hdf5Group:
    """Reads what lies where in an HDF5 file, and returns its root; no array's numbers yet."""
    space = AddressSpace(piece)
    return _Walk(space).group("", space.root(), ())


class _Walk:
    """Goes through a file's groups; one that holds itself, or too many arrays, end it."""

    def __init__(self, space: AddressSpace) -> None:
        self._space = space
        self._arrays = 0
        self._groups = 0

    def group(self, name: str, address: int, above: tuple[int, ...]) -> Hdf5Group:
        if address in above or len(above) > _DEEPEST:
            raise damaged(f"the group {name[:80]!r} holds itself, or lies deeper than any does")
        self._groups += 1
        messages = messages_at(self._space, address)
        found = Hdf5Group(name, Attributes(self._space, messages))
        for child, place in links_of(self._space, messages).items():
            self._add(found, f"{name}/{child}".lstrip("/"), child, place, (*above, address))
        return found

    def _add(
        self, group: Hdf5Group, path: str, child: str, address: int, above: tuple[int, ...]
    ) -> None:
        messages = messages_at(self._space, address)
        if any(message.kind == LAYOUT for message in messages):
            self._arrays += 1
            group.arrays[child] = Hdf5Array(self._space, path, messages)
        else:
            group.groups[child] = self.group(path, address, above)
        if self._arrays > MOST_TENSORS or self._groups > 3 * MOST_TENSORS:
            raise WeightsUnreadable(
                f"it holds more than {MOST_TENSORS:,} arrays; save the weights alone, without the"
                " optimiser"
            )
