"""The one description of a training that the page, the API and the command line share."""

from .description import described
from .presets import PRESETS, Preset
from .recipe import Recipe
from .resolution import resolve

__all__ = ["PRESETS", "Preset", "Recipe", "described", "resolve"]
