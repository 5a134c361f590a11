"""A small convolutional network with Keras's names and numbers, in NumPy alone.

The names below are imported when first asked for, so that a reader of `app.engine.shapes` (the
recipe's validation, in the server) doesn't pay for NumPy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .initializers import INITIALIZERS as INITIALIZERS
    from .layers import AveragePool2D as AveragePool2D
    from .layers import Conv2D as Conv2D
    from .layers import Dense as Dense
    from .layers import Dropout as Dropout
    from .layers import Flatten as Flatten
    from .layers import GlobalAveragePool2D as GlobalAveragePool2D
    from .layers import Layer as Layer
    from .layers import MaxPool2D as MaxPool2D
    from .network import Network as Network
    from .optimizers import SGD as SGD
    from .optimizers import Adadelta as Adadelta
    from .optimizers import Adam as Adam
    from .optimizers import AdamW as AdamW
    from .optimizers import Optimizer as Optimizer
    from .optimizers import RMSprop as RMSprop
    from .parallel import ParallelPlan as ParallelPlan
    from .schedules import Constant as Constant
    from .schedules import Linear as Linear
    from .schedules import Rate as Rate
    from .schedules import Schedule as Schedule
    from .sparse_code import SparseCoder as SparseCoder

_HOMES = {
    "parallel": ("ParallelPlan",),
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
    "optimizers": ("SGD", "Adadelta", "Adam", "AdamW", "Optimizer", "RMSprop"),
    "schedules": ("Constant", "Linear", "Rate", "Schedule"),
    "sparse_code": ("SparseCoder",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
