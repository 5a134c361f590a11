"""The optimisers a recipe can name: what they are called, and the rates that suit them."""

from typing import Final, NamedTuple


class KnownOptimizer(NamedTuple):
    """An optimiser as people write its name, with its usual learning rate (Keras's default).

    From `lowest` to `highest` it did well on Dead leaves, within three points of its best over
    three seeds, with `measured` as its other settings (docs/science/rates.json); `good` is the
    best of those between.
    """

    title: str
    usual_rate: float
    lowest: float
    highest: float
    good: float
    measured: dict[str, float] = {}  # noqa: RUF012 -- a default of a named tuple is never changed


OPTIMIZERS: Final = {
    "sgd": KnownOptimizer("SGD", 0.01, 0.01, 0.1, 0.05, {"momentum": 0.9}),
    "rmsprop": KnownOptimizer("RMSprop", 0.001, 0.002, 0.02, 0.005),
    "adam": KnownOptimizer("Adam", 0.001, 0.002, 0.01, 0.005),
    "adamw": KnownOptimizer("AdamW", 0.001, 0.002, 0.01, 0.005),
    "adadelta": KnownOptimizer("Adadelta", 1.0, 1.0, 20.0, 10.0),
}
"""By the word that recipes have for it."""

LINEAR_END: Final = 0.02
"""The share of the first learning rate that a linear schedule ends with."""
