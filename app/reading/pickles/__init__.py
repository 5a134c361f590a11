"""Reads pickles as data: names stay names, calls stay undone, and there is an end to everything."""

from .machine import PickleMachine
from .objects import OddKey, PickledName, PickledObject

__all__ = ["OddKey", "PickleMachine", "PickledName", "PickledObject"]
