"""An HDF5 file as addresses that hold headers, with an end to how much of them is read."""

from typing import Final

from ..blocks import Blockwise
from ..contents import MOST_HEADER_BYTES, WeightsUnreadable
from ..cursor import Cursor, damaged
from ..pieces import FilePiece

UNDEFINED: Final = 2**64 - 1
SIGNATURE: Final = b"\x89HDF\r\n\x1a\n"
_MOST_STEPS: Final = 500_000


class AddressSpace:
    """The bytes of an HDF5 file; headers are counted, and nothing goes on without end.

    Attributes:
        heaps: address and length of the texts of each heap that was read, by their numbers.
    """

    def __init__(self, piece: FilePiece) -> None:
        self.file = Blockwise(piece)
        self.heaps: dict[int, dict[int, tuple[int, int]]] = {}
        self._bytes_left = MOST_HEADER_BYTES
        self._steps_left = _MOST_STEPS

    def header(self, address: int, length: int, name: str) -> Cursor:
        """Returns so many bytes at an address, to be read on from their start."""
        self._bytes_left -= length
        if self._bytes_left < 0:
            raise _too_many()
        self.step()
        return Cursor(self.file.read(address, length), name)

    def step(self, count: int = 1) -> None:
        """Counts what is about to be read: headers, and each of many small things in one."""
        self._steps_left -= count
        if self._steps_left < 0:
            raise _too_many()

    def root(self) -> int:
        """Returns the address of the root group's header, from the superblock."""
        start = self.header(0, min(self.file.size, 96), "the superblock")
        start.expect(SIGNATURE)
        version = start.number(1)
        if version in (0, 1):
            start.take(4)
            sizes = start.number(1), start.number(1)
            start.take(9 + 4 * version)
            base, end, root = _addresses(start, (0, 2, 5))
        elif version in (2, 3):
            sizes = start.number(1), start.number(1)
            start.take(1)
            base, end, root = _addresses(start, (0, 2, 3))
        else:
            raise WeightsUnreadable(f"its version {version} of HDF5's superblock isn't known here")
        if sizes != (8, 8) or base != 0:
            raise WeightsUnreadable("its HDF5 addresses aren't of 8 bytes; save it with h5py")
        if end > self.file.size:
            raise damaged(f"it is {self.file.size:,} bytes long and should be {end:,}")
        return root


def _too_many() -> WeightsUnreadable:
    return WeightsUnreadable(
        f"its headers take more than {MOST_HEADER_BYTES // 1024**2} MiB or {_MOST_STEPS:,} steps to"
        " read; save the weights alone, without the optimiser"
    )


def _addresses(start: Cursor, wanted: tuple[int, int, int]) -> tuple[int, int, int]:
    found = [start.number(8) for _ in range(max(wanted) + 1)]
    return found[wanted[0]], found[wanted[1]], found[wanted[2]]
