"""The questions that need NumPy, by where they are answered: in an `Aside`, never in the server."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, BinaryIO

from .aside_work import LARGEST_PASSED_BYTES

_PACKAGE = __name__.partition(".")[0]
_TOGETHER_SECONDS = 0.02


@dataclass(frozen=True)
class Question:
    """A function of another part of the app, imported by the process that calls it.

    Attributes:
        patience_seconds: how long it may take on a busy machine.
    """

    module: str
    function: str
    patience_seconds: float = 30.0

    def __call__(self, *args: Any) -> Any:
        """Returns what the function returns for `args`; raises what it raises."""
        return getattr(import_module(f"{_PACKAGE}.{self.module}"), self.function)(*args)


@dataclass(frozen=True)
class Telling:
    """A question whose answer, a dict, is written as JSON, with what the server knows `beside`."""

    question: Question
    beside: dict[str, Any]

    @property
    def patience_seconds(self) -> float:
        """How long it may take on a busy machine."""
        return self.question.patience_seconds

    def __call__(self, file: BinaryIO, *args: Any) -> None:
        """Writes the answer; raises what the question raises, and ValueError for NaN."""
        # Not by `writelines`, of which a spooled file takes all into memory first.
        for piece in _pieces({**self.beside, **self.question(*args)}):  # noqa: FURB122
            file.write(piece.encode())


class TooLarge(Exception):
    """An answer is too large to be passed on with others; alone it travels as a file."""


@dataclass(frozen=True)
class TellingEach:
    """A question about several things, of each of which the answer is written as JSON by itself.

    It ends early, after the first at least, when time or room does: others' questions wait for it.
    """

    question: Question
    beside: dict[str, Any]

    @property
    def patience_seconds(self) -> float:
        """How long all of it may take on a busy machine."""
        return self.question.patience_seconds

    def __call__(self, *args: Any) -> list[bytes | Exception]:
        """Returns each answer, or what is raised for it; raises what the question raises."""
        until, room = time.perf_counter() + _TOGETHER_SECONDS, LARGEST_PASSED_BYTES
        told: list[bytes | Exception] = []
        for answer in self.question(*args):
            told.append(answer if isinstance(answer, Exception) else self._written(answer))
            room -= len(told[-1]) if isinstance(told[-1], bytes) else 0
            if room < 0 or time.perf_counter() > until:
                break
        return told

    def _written(self, answer: dict[str, Any]) -> bytes | Exception:
        try:
            content = _json({**self.beside, **answer}).encode()
        except Exception as why:  # NaN, or no memory: others' answers are written all the same
            return why
        return content if len(content) <= LARGEST_PASSED_BYTES else TooLarge()


def _pieces(value: Any) -> Iterator[str]:
    """Yields JSON, arrays one by one, so that a large answer isn't there twice."""
    if isinstance(value, dict):
        for number, (key, inner) in enumerate(value.items()):
            yield f"{',' if number else '{'}{_json(key)}:"
            yield from _pieces(inner)
        yield "}" if value else "{}"
    elif isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        for number, inner in enumerate(value):
            yield "," if number else "["
            yield from _pieces(inner)
        yield "]"
    else:
        yield _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


preview = Question("training.preview", "preview", 60.0)
sample_images = Question("inspection.samples", "sample_images", 60.0)
starts = Question("inspection.starts", "starts")
start = Question("inspection.starts", "start")
numerics_here = Question("numerics", "numerics_here")
first_weights = Question("inspection.first_weights", "first_weights_of")
code_told = Question("translation.pasted", "code_told")
unit = Question("inspection.looking", "unit_of", 60.0)
expanded = Question("inspection.looking", "expanded_of", 60.0)
pull = Question("inspection.looking", "pull_of", 60.0)
mistakes = Question("inspection.mistakes", "mistakes_of", 90.0)
confusion = Question("inspection.mistakes", "confusion_of", 90.0)
ablation = Question("inspection.ablation", "ablation_of", 90.0)
activations = Question("inspection.looking", "activations_of", 60.0)
drawn = Question("inspection.drawn", "drawn_of", 60.0)
drawn_alone = Question("inspection.drawn", "drawn_alone", 60.0)
network = Question("inspection.network", "network_of", 60.0)
place_in_network = Question("inspection.looking", "place_of", 60.0)
large_object = Question("inspection.received", "large_object")
place_by_hand = Question("inspection.place", "place_by_hand")
snapshot = Question("inspection.weights", "snapshot_of")
write_snapshot = Question("inspection.weights", "write_snapshot")
write_film = Question("inspection.weights", "write_film")
added = Question("inspection.added", "added_of", 60.0)
replay = Question("web.long_replay", "replay_of", 60.0)
write_curves = Question("curves.files", "write_curves", 120.0)
keep_curves = Question("curves.kept", "keep", 60.0)
write_few = Question("curves.files", "write_few", 60.0)
write_export = Question("web.material", "write_export", 120.0)
checked = Question("inspection.checked", "checked", 60.0)
write_site = Question("web.material", "write_published", 600.0)
write_network_file = Question("web.network_files", "write_network_file", 120.0)
tell_batch = Question("inspection.told_batch", "tell_batch", 60.0)
named = Question("inspection.named", "named_of", 60.0)
strips = Question("inspection.strips", "strips_of", 60.0)
write_map = Question("inspection.swept_map", "write_map", 60.0)
write_recording = Question("opening.recorded", "write_recording", 30.0)


# What answers to the first questions of a page: about a run's curves, a filter, the network's line.
FORESEEN = tuple(
    f"{_PACKAGE}.{module}"
    for module in ("curves.files", "curves.kept", "curves.points", unit.module, network.module)
)
