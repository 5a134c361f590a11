"""A column of an answer that is put together row by row."""

import io
import shutil
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO


class ColumnFile:
    """The numbers of one quantity, in a file of its own until they are all there."""

    def __init__(self, stack: ExitStack, folder: Path | None) -> None:
        opened = io.BytesIO() if folder is None else TemporaryFile(dir=folder)  # noqa: SIM115
        self._file: Any = stack.enter_context(opened)
        self._is_measured = False
        self._is_begun = False

    def add(self, text: str | None, count: int) -> None:
        """Adds so many numbers; None where they weren't measured."""
        self._is_measured = self._is_measured or text is not None
        text = "null" + ",null" * (count - 1) if text is None else text
        self._file.write(f",{text}".encode() if self._is_begun else text.encode())
        self._is_begun = True

    def write_to(self, file: BinaryIO, *, is_there: bool) -> None:
        """Writes them as a list; as null where nothing was measured and it isn't there anyway."""
        if not (self._is_measured or is_there):
            file.write(b"null")
            return
        self._file.seek(0)
        file.write(b"[")
        shutil.copyfileobj(self._file, file)
        file.write(b"]")
