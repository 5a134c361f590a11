"""Ways out of what a recipe can't be, as recipes: each is offered only where it truly mends."""

from .mends import Mend, mends_of

__all__ = ["Mend", "mends_of"]
