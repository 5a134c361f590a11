"""A recipe: the one validated description of what is trained on what."""

from typing import Self

from pydantic import model_validator

from .fields import RecipeFields
from .rules import RULES


class Recipe(RecipeFields):
    """Data, layers, optimiser and length of one training; equal recipes give equal runs.

    Exactly one of `steps` and `epochs` is given. `data_seed` draws the data set where it is
    generated; `seed` draws everything else (weights, batch order, dropout, controls).
    """

    @model_validator(mode="after")
    def _check(self) -> Self:
        for check in RULES:
            check(self)
        return self
