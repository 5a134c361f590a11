"""What to try, as far as it is known how the weights are trained.

A recipe of ours has its optimiser, its rate and settings by name; of a run from elsewhere nobody
knows them, and what is advised must be true of any.
"""

from ...vocabulary.optimizers import OPTIMIZERS
from .sight import Sight


def against_zeros(sight: Sight) -> str:
    """Says what to try where weights began at zero and stayed there."""
    why = "They are zero, and no gradient comes through zeros, so they can't learn."
    if sight.optimizer is None:
        return f"{why} Begin with random weights, unless they are frozen on purpose."
    return f"{why} Try kernel_initializer glorot_uniform."


def against_all_dead(sight: Sight) -> str:
    """Says what to try where all filters of a layer died."""
    if sight.optimizer is None or sight.learning_rate is None:
        return "Their weights are almost zero. Try less weight decay or a smaller learning rate."
    usual = OPTIMIZERS[sight.optimizer]
    if sight.learning_rate > usual.usual_rate:
        return (
            f"The learning rate of {sight.learning_rate:g} is too high for {usual.title}; try "
            f"{usual.usual_rate:g}."
        )
    return "Their weights are almost zero. Try a smaller weight_decay or learning rate."


def against_some_dead(sight: Sight) -> str:
    """Says what to try where some filters died beside others."""
    why = "Compared with the others, their weights are almost zero and seldom recover."
    if sight.optimizer is None:
        return f"{why} Try less weight decay, a smaller learning rate, or another seed."
    return f"{why} Try a smaller weight_decay or learning rate, or another seed."


def against_standing_still(sight: Sight) -> str:
    """Says what to try where filters are what they were."""
    if sight.optimizer is None:
        return (
            f"{sight.updates} updates have left their pattern of frame 0 as it was. Try a larger "
            "learning rate, unless the layer is frozen on purpose."
        )
    return (
        f"{sight.updates} updates have left the random pattern of frame 0 as it was. Try a "
        "larger learning rate, or another seed."
    )


def against_explosion(sight: Sight) -> str:
    """Says what to try where weights or the loss run away."""
    if sight.learning_rate is None:
        return "The run may break. Try a smaller learning rate."
    return (
        f"Steps of {sight.learning_rate:g} are too large, and the run may break. Try a learning "
        "rate a tenth as large."
    )


AGAINST_NAN = (
    "Training doesn't recover from that: go back to weights from before, with a smaller learning "
    "rate, and look for a division by zero or a logarithm of it."
)
