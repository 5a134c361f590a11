"""The one description of a training that the page, the API and the command line share."""

from .description import described
from .presets import PRESETS, Preset, resolve
from .recipe import Recipe

__all__ = ["PRESETS", "Preset", "Recipe", "described", "resolve"]
