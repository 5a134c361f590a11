"""Collects what is unclear about a file, so that a thousand like cases make one sentence."""

from typing import Final

from pydantic import ValidationError

_MOST_NAMED: Final = 3
_MOST_NOTES: Final = 40


class Unclear:
    """What whoever reads a file's figures should know of it."""

    def __init__(self) -> None:
        self._subjects: dict[str, list[str]] = {}

    def add(self, sentence: str) -> None:
        """Notes what holds for the whole file."""
        self._subjects.setdefault(sentence, [])

    def add_of(self, subject: str, sentence: str) -> None:
        """Notes what holds for one layer or tensor, and perhaps for others too."""
        self._subjects.setdefault(sentence, []).append(subject[:100])

    def told(self) -> tuple[str, ...]:
        """Returns them as sentences without their full stop, in the order in which they came up."""
        told = [_sentence(said, subjects) for said, subjects in self._subjects.items()]
        left = len(told) - _MOST_NOTES
        return (
            *told[:_MOST_NOTES],
            *([f"There are {left} more notes like these"] if left > 0 else []),
        )


def _sentence(said: str, subjects: list[str]) -> str:
    if not subjects:
        return f"{said[0].upper()}{said[1:]}"
    named = ", ".join(subjects[:_MOST_NAMED])
    more = len(subjects) - _MOST_NAMED
    return f"{named}{f' and {more:,} more' if more > 0 else ''}: {said}"


def reason_of(refused: ValidationError) -> str:
    """Says why a layer can't be told of, without the words that pydantic puts before."""
    return str(refused.errors()[0]["msg"]).removeprefix("Value error, ")
