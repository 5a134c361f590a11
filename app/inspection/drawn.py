"""Drawings that wait together, looked at one after the other."""

from collections.abc import Iterator
from typing import Any

from .looking import activations_of
from .subject import Subject

_PIXELS = {"image", "input"}  # whoever draws has them, and large ones would leave no room


def drawn_of(
    subject: Subject, questions: list[dict[str, Any]]
) -> Iterator[dict[str, Any] | Exception]:
    """Yields what a network makes of each image, without maps and pixels, or why of it nothing.

    Each is answered as if it were alone, to the last bit.
    """
    for question in questions:
        try:
            told: dict[str, Any] | Exception = drawn_alone(subject, question)
        except Exception as why:
            told = why
        yield told


def drawn_alone(subject: Subject, question: dict[str, Any]) -> dict[str, Any]:
    """Returns what a network makes of one image; raises as `activations_of`."""
    answer = activations_of(subject, (), question)
    return {name: told for name, told in answer.items() if name not in _PIXELS}
