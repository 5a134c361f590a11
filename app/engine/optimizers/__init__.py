"""Keras's optimisers: same definitions, same defaults, on one flat buffer."""

from .adadelta import Adadelta
from .adam import Adam, AdamW
from .optimizer import Optimizer, State
from .rmsprop import RMSprop
from .sgd import SGD

__all__ = ["SGD", "Adadelta", "Adam", "AdamW", "Optimizer", "RMSprop", "State"]
