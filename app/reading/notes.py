"""What is said beside what was read, each thing once and not without end."""

from typing import Final

_MOST: Final = 20


class Notes:
    """Sentences on what wasn't understood or had to be guessed; at most some twenty."""

    def __init__(self) -> None:
        self._said: dict[str, None] = {}
        self._more = 0

    def add(self, sentence: str) -> None:
        """Adds a sentence without its full stop, unless it was said before."""
        if sentence in self._said:
            return
        if len(self._said) < _MOST:
            self._said[sentence[:500]] = None
        else:
            self._more += 1

    def as_told(self) -> tuple[str, ...]:
        """Returns them in order, and how many more there were."""
        more = (f"{self._more} more like these",) if self._more else ()
        return (*self._said, *more)
