"""A change that may mend a recipe."""

from typing import NamedTuple

from .edits import Draft


class WayOut(NamedTuple):
    """What it would be, in a few words, and the recipe that comes of it."""

    sentence: str
    draft: Draft
