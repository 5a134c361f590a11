"""A small convolutional network with Keras's names and numbers, in NumPy alone.

The names below are imported when first asked for, so that a reader of `app.engine.shapes` (the
recipe's validation, in the server) doesn't pay for NumPy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.engine.crew import CrewPlan as CrewPlan
    from app.engine.initializers import INITIALIZERS as INITIALIZERS
    from app.engine.layers import AveragePool2D as AveragePool2D
    from app.engine.layers import Conv2D as Conv2D
    from app.engine.layers import Dense as Dense
    from app.engine.layers import Dropout as Dropout
    from app.engine.layers import Flatten as Flatten
    from app.engine.layers import GlobalAveragePool2D as GlobalAveragePool2D
    from app.engine.layers import Layer as Layer
    from app.engine.layers import MaxPool2D as MaxPool2D
    from app.engine.network import Network as Network
    from app.engine.optimizers import SGD as SGD
    from app.engine.optimizers import Adadelta as Adadelta
    from app.engine.optimizers import Adam as Adam
    from app.engine.optimizers import AdamW as AdamW
    from app.engine.optimizers import Move as Move
    from app.engine.optimizers import Optimizer as Optimizer
    from app.engine.optimizers import RMSprop as RMSprop
    from app.engine.schedules import Constant as Constant
    from app.engine.schedules import Linear as Linear
    from app.engine.schedules import Schedule as Schedule
    from app.engine.sparse_code import SparseCoder as SparseCoder

_HOMES = {
    "crew": ("CrewPlan",),
    "initializers": ("INITIALIZERS",),
    "layers": (
        "AveragePool2D",
        "Conv2D",
        "Dense",
        "Dropout",
        "Flatten",
        "GlobalAveragePool2D",
        "Layer",
        "MaxPool2D",
    ),
    "network": ("Network",),
    "optimizers": ("SGD", "Adadelta", "Adam", "AdamW", "Move", "Optimizer", "RMSprop"),
    "schedules": ("Constant", "Linear", "Schedule"),
    "sparse_code": ("SparseCoder",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
