"""A server whose data folder is a small disk of its own."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

from tests.running_server import CHECKOUT, RunningServer

_MOUNTED = (
    'mount -t tmpfs -o "size=$SMALL_DISK_BYTES" none "$FILTERSCOPE_DATA" '
    '&& cp "$SMALL_DISK_CONTENT"/* "$FILTERSCOPE_DATA" && exec "$@"'
)
_ALONE = ("unshare", "--user", "--map-root-user", "--mount")


def can_be_made() -> bool:
    """Tells whether this system lets us mount one."""
    if sys.platform != "linux":
        return False
    tried = [*_ALONE, "mount", "-t", "tmpfs", "none", "/mnt"]
    try:
        return subprocess.run(tried, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


class SmallDisk(RunningServer):
    """The server with its data on a file system of `size_bytes`, which only it sees; the files of
    `content` are there from the beginning.
    """

    def __init__(self, folder: Path, content: Path, size_bytes: int) -> None:
        super().__init__(
            folder,
            command=(*_ALONE, "sh", "-c", _MOUNTED, "sh", *CHECKOUT),
            SMALL_DISK_BYTES=str(size_bytes),
            SMALL_DISK_CONTENT=str(content),
        )
        self.disk = Path(f"/proc/{self.process.pid}/root{folder}")

    @property
    def free_bytes(self) -> int:
        """How much room there is."""
        told = os.statvfs(self.disk)
        return told.f_bavail * told.f_frsize

    @property
    def room_bytes(self) -> int:
        """How much there is but for the caches, which a worker fills whenever it comes to that."""
        held = 0
        for path in (self.disk / "cache").rglob("*"):
            with contextlib.suppress(OSError):  # a draft that is in its place meanwhile
                held += path.stat().st_blocks * 512
        return self.free_bytes + held

    def leave_free(self, size_bytes: int) -> None:
        """Fills the disk with something else up to `size_bytes`."""
        with (self.disk / "ballast").open("ab") as ballast:
            ballast.truncate(0)
            os.posix_fallocate(ballast.fileno(), 0, self.free_bytes - size_bytes)
