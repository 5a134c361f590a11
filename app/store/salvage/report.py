"""What became of each run, in words."""

from typing import NamedTuple


class RunReport(NamedTuple):
    """What was kept of a run.

    Attributes:
        kept: how many of its events, from the first on.
        recorded: how many there were; None where nobody knows any more.
        goes_on: whether the next server trains again what was lost.
        is_rebuilt: whether its entry in the list of runs was lost and made anew.
        lacks_beginning: whether the state of another run is lost that it went on from.
    """

    id: str
    name: str
    kept: int
    recorded: int | None
    goes_on: bool = False
    is_rebuilt: bool = False
    lacks_beginning: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost."""
        return self.kept == self.recorded and not (self.is_rebuilt or self.lacks_beginning)

    @property
    def words(self) -> str:
        """A sentence about it."""
        if self.is_whole:
            return f"{self.id} ({self.name}): whole, {self.kept} events"
        of = "of an unknown number" if self.recorded is None else f"of {self.recorded}"
        goes_on = "; the rest is trained again when a server starts there" if self.goes_on else ""
        rebuilt = "; its entry was made anew from its first event" if self.is_rebuilt else ""
        lost = "; what it went on from is lost, so it can't be trained again"
        lacks = lost if self.lacks_beginning else ""
        return f"{self.id} ({self.name}): {self.kept} events {of} kept{goes_on}{rebuilt}{lacks}"
