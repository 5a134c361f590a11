"""What people say of a run: they change nothing that was computed, so they are no events."""

import json
from typing import Any, NamedTuple, Self


class Annotations(NamedTuple):
    """What people say of a run, by now.

    Attributes:
        name: what they call it; None where that is what it was called at first.
        note: None where there is none.
        pinned: whether it comes before others.
    """

    name: str | None = None
    note: str | None = None
    pinned: bool = False

    @classmethod
    def read(cls, kept: str | None) -> Self:
        """Reads what `as_kept` wrote; ValueError or TypeError if it didn't."""
        return cls() if kept is None else cls(**json.loads(kept))

    def as_kept(self) -> str | None:
        """Writes what is said, as JSON; None where that is nothing."""
        usual = self._field_defaults
        said = {name: value for name, value in self._asdict().items() if value != usual[name]}
        return json.dumps(said, separators=(",", ":")) if said else None

    def changed(self, changes: dict[str, Any]) -> Self:
        """Returns them with changes; None of a field takes back what was said."""
        usual = self._field_defaults
        return self._replace(
            **{name: usual[name] if value is None else value for name, value in changes.items()}
        )
