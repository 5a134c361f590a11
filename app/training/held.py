"""Filters that a recipe does without: held at 0, while everything else learns."""

from collections.abc import Mapping

from ..engine.arrays import Array
from ..recipe import Recipe
from ..telling.learner import Learner
from ..vocabulary.layers.maps import read_maps
from ..vocabulary.layers.naming import named, weight_name

_MAKING_MAPS = ("kernel", "bias", "gamma", "beta", "moving_mean")


class HeldFilters:
    """All that a network's maps of these filters are made of, so that they are 0 where they are
    read.

    Their kernels and biases, and of normalisations behind them what scales and shifts the maps and
    the mean that is taken off: where nothing scales, what is left of an earlier one would answer.
    """

    def __init__(self, recipe: Recipe, network: Learner) -> None:
        self._held: list[tuple[Array, list[int]]] = []
        if recipe.without is None:
            return
        views: Mapping[str, Array] = {**network.parameters.values.views, **network.state.views}
        for layer, filters in recipe.without.items():
            for name in read_maps(named(recipe.layers), layer):
                weights = [weight_name(name, weight) for weight in _MAKING_MAPS]
                self._held += [(views[one], filters) for one in weights if one in views]

    def hold(self) -> None:
        """Sets them to 0 again, whatever an update has made of them."""
        for values, filters in self._held:
            values[..., filters] = 0
