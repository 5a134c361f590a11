from .exchanged import Exchanged

"""What became of files that somebody brought."""


class FileLeftOut(Exchanged):
    """A file that isn't shown, and why."""

    name: str
    why: str


class OpenedFiles(Exchanged):
    """The run that files were opened as; its first frame is there, the others follow.

    Attributes:
        frames: how many it has in the end.
        left_out: those files that aren't among them.
        notes: sentences on what wasn't understood, guessed or left out.
    """

    id: str
    url: str
    frames: int
    left_out: list[FileLeftOut]
    notes: list[str]


class HeldFiles(Exchanged):
    """What was sent for a film so far; nothing is opened before all is there."""

    film: str
    files: int
    bytes: int
