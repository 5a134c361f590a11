"""Keras's optimisers: same definitions, same defaults, on one flat buffer."""

from .adadelta import Adadelta
from .adam import Adam, AdamW
from .optimizer import Move, Optimizer, State
from .rmsprop import RMSprop
from .sgd import SGD

__all__ = ["SGD", "Adadelta", "Adam", "AdamW", "Move", "Optimizer", "RMSprop", "State"]
