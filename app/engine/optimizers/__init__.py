"""Keras's optimisers: same definitions, same defaults, on one flat buffer."""

from app.engine.optimizers.adadelta import Adadelta
from app.engine.optimizers.adam import Adam, AdamW
from app.engine.optimizers.optimizer import Move, Optimizer, State
from app.engine.optimizers.rmsprop import RMSprop
from app.engine.optimizers.sgd import SGD

__all__ = ["SGD", "Adadelta", "Adam", "AdamW", "Move", "Optimizer", "RMSprop", "State"]
