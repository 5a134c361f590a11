"""A run in a file: where no server answers, where the script says so, and for what was left."""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from ..external.packets import encode_packet
from .server import Heard, Welcome

ENDING = ".fscope"
_MOST_FILES = 1000  # of one name in one folder
_MOST_NAME = 80


class FilmFile:
    """Takes batches as a server does; each is in the file, whole, before the next.

    Attributes:
        path: where it lies, once it was begun. A file that is there already is never written to:
            the name gets a number then.
    """

    def __init__(self, path: Path, key: str) -> None:
        self.path, self._key = path, key
        self._file: BinaryIO | None = None

    def begin(self, registration: Mapping[str, Any], from_step: int = 0, first: int = 1) -> Welcome:
        """Begins the file with what the run says of itself.

        Args:
            first: the number of the first item that will follow.

        Raises:
            OSError: it can be written neither there nor in the folder for temporary files.
        """
        try:
            self._file = self._opened()
        except OSError:
            import tempfile

            self.path = Path(tempfile.gettempdir()) / self.path.name
            self._file = self._opened()
        header: dict[str, Any] = {"fscope": 1, "key": self._key, "registration": registration}
        header["began"] = int(time.time())  # so that files of one run can be told in their order
        if from_step:
            header["from_step"] = from_step
        self._write(b"".join(encode_packet(header)))
        return Welcome("", first, int(registration["attempt"]), ())

    def send(self, first: int, packet: bytes) -> Heard:
        """Writes a batch, which says of itself where it belongs.

        Raises:
            OSError: there is no room, say.
        """
        self._write(packet)
        return Heard((), ())

    def break_off(self) -> None:
        """Does nothing: writing a file ends by itself."""

    def close(self) -> None:
        """Closes the file."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()

    def _opened(self) -> BinaryIO:
        for number in range(1, _MOST_FILES):
            path = self.path
            if number > 1:
                path = path.with_name(f"{path.stem}-{number}{path.suffix}")
            with contextlib.suppress(FileExistsError):
                file = path.open("xb")
                self.path = path
                return file
        raise FileExistsError(f"{self.path} and many more of that name")

    def _write(self, packet: bytes) -> None:
        assert self._file is not None
        self._file.write(packet)
        self._file.flush()


def file_named(name: str) -> Path:
    """Gives where a run of that name is kept: in the folder that the script runs in."""
    plain = re.sub(r"[^\w .-]+", "-", name).strip(" .-")[:_MOST_NAME].strip() or "run"
    return Path(os.curdir) / f"{plain}{ENDING}"
