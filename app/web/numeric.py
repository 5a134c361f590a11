"""The questions that need NumPy, by where they are answered: in an `Aside`, never in the server."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class Question:
    """A function of another part of the app, imported by the process that calls it."""

    module: str
    function: str

    def __call__(self, *args: Any) -> Any:
        """Returns what the function returns for `args`; raises what it raises."""
        return getattr(import_module(f"...{self.module}", __name__), self.function)(*args)


first_snapshot = Question("training.preview", "first_snapshot")
sample_images = Question("inspection.samples", "sample_images")
starts = Question("inspection.starts", "starts")
start = Question("inspection.starts", "start")
unit = Question("inspection.looking", "unit_of")
pull = Question("inspection.looking", "pull_of")
large_object = Question("inspection.received", "large_object")
activations = Question("inspection.looking", "activations_of")
place_in_network = Question("inspection.looking", "place_of")
place_by_hand = Question("inspection.place", "place_by_hand")
render = Question("export.render", "render")
