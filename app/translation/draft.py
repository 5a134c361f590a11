"""What is gathered while code is read: layers to be, and what is to be said about them."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..vocabulary.layers import Shape


class Word(NamedTuple):
    """A stretch of the text and what it makes; `layer` is the layer it belongs to, counted from
    0 in the text while it is read and in the recipe afterwards; None where nothing came of it.

    `means` is the setting in a recipe (`filters`, `kernel_size`, `rows`, `input_shape`, …), or
    `kind` for a layer's own name.
    """

    start: int
    end: int
    means: str
    layer: int | None = None


class Note(NamedTuple):
    """Something in the text that became something else, or nothing: which, and why."""

    about: str
    sentence: str


class CannotBe(ValueError):
    """An argument whose value has no place in a recipe; the message says the nearest that has."""


@dataclass
class LayerDraft:
    """One layer on its way into a recipe: `settings` are those of its kind."""

    kind: str
    settings: dict[str, Any] = field(default_factory=dict)


MOST_LAYERS = 200
MOST_NOTES = 50
_MORE = "There is more that isn't known here: mend what is noted, and read it again."


@dataclass
class Draft:
    """A network on its way into a recipe."""

    layers: list[LayerDraft] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    shape: Shape | None = None  # as the text has it, channels first or last
    channels: int | None = None
    is_channels_first: bool | None = None
    optimizer: dict[str, Any] | None = None
    length: dict[str, int] = field(default_factory=dict)  # batch_size, epochs

    @property
    def has_said_enough(self) -> bool:
        """Whether nobody would read further notes."""
        return len(self.notes) >= MOST_NOTES

    def note(self, about: str, sentence: str) -> None:
        """Adds a note, once; the last there is room for says that there are more."""
        note = Note(about, sentence)
        if self.has_said_enough or note in self.notes:
            return
        is_last = len(self.notes) == MOST_NOTES - 1
        self.notes.append(Note(about, _MORE) if is_last else note)
