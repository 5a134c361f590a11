"""Drawings that wait together, looked at one after the other."""

from collections.abc import Iterator
from typing import Any

from .looking import activations_of
from .refused import Refused
from .subject import Subject


def drawn_of(
    subject: Subject, questions: list[dict[str, Any]]
) -> Iterator[dict[str, Any] | Refused]:
    """Yields what a network makes of each image, without its maps, or why it makes nothing of it.

    Each is answered as if it were alone, to the last bit.
    """
    for question in questions:
        try:
            yield activations_of(subject, (), question)
        except Refused as why:
            yield why
