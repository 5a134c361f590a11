"""A file in gzip whose content is packed by a thread beside the one that works it out."""

import zlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import BinaryIO, Self

_FASTEST = 1  # of the levels: the others take three times as long for a tenth less
_GZIP = 16 + zlib.MAX_WBITS  # a header without name or time, so the same bytes each time
_TOGETHER = 256 * 1024  # bytes given to the thread at once; while it packs them others may work
_MOST_WAITING = 4  # pieces


class PackedFile:
    """Takes what is to be packed, piece by piece, and writes it when it is left.

    Args:
        file: what it writes to, in a thread of its own.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._packer = zlib.compressobj(_FASTEST, zlib.DEFLATED, _GZIP)
        self._thread = ThreadPoolExecutor(1, "packing")
        self._waiting: deque[Future[None]] = deque()
        self._pieces = bytearray()

    def write(self, content: bytes) -> int:
        """Takes more; raises what writing earlier pieces raised."""
        self._pieces += content
        if len(self._pieces) >= _TOGETHER:
            self._pass_on()
        return len(content)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _problem: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        with self._thread:
            if kind is not None:
                return
            self._pass_on()
            for piece in self._waiting:
                piece.result()
            self._file.write(self._packer.flush())

    def _pass_on(self) -> None:
        pieces, self._pieces = self._pieces, bytearray()
        self._waiting.append(self._thread.submit(self._pack, pieces))
        if len(self._waiting) > _MOST_WAITING:
            self._waiting.popleft().result()

    def _pack(self, pieces: bytearray) -> None:
        self._file.write(self._packer.compress(pieces))
