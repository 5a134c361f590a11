"""Templates that a server of before has compiled."""

from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from ..private_files import make_private_folder


class KeptTemplates(FileSystemBytecodeCache):
    """Keeps templates compiled in a folder of their owner's; where it can't, they're compiled anew.

    What is kept is of the template's text and of the versions of Python and Jinja, or not taken.
    """

    def __init__(self, folder: Path) -> None:
        with suppress(OSError):
            make_private_folder(folder)
        super().__init__(str(folder), "%s.compiled")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a template's, if it is there and whole; what is cut off can raise anything."""
        with suppress(Exception):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, if there is room."""
        with suppress(OSError):
            super().dump_bytecode(bucket)
