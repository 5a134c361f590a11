"""The optimisers a recipe can name: what they are called, and the rate one usually begins with."""

from typing import Final, NamedTuple


class KnownOptimizer(NamedTuple):
    """An optimiser as people write its name, with its usual learning rate (Keras's default)."""

    title: str
    usual_rate: float


OPTIMIZERS: Final = {
    "sgd": KnownOptimizer("SGD", 0.01),
    "rmsprop": KnownOptimizer("RMSprop", 0.001),
    "adam": KnownOptimizer("Adam", 0.001),
    "adamw": KnownOptimizer("AdamW", 0.001),
    "adadelta": KnownOptimizer("Adadelta", 1.0),
}
"""By the word that recipes have for it."""

LINEAR_END: Final = 0.02
"""The share of the first learning rate that a linear schedule ends with."""
