"""What a recipe says of its layers before anything runs is what the engine then does."""

from collections import Counter
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings

from app.analysis.walk import walk
from app.recipe import Recipe
from app.training.objectives import objective_of
from app.vocabulary.layers.naming import layer_of
from tests.recipe.strategies import recipes


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=recipes())
def test_shapes_and_parameters_are_those_of_the_recipes_plan(body: dict[str, Any]) -> None:
    recipe = Recipe.model_validate(body)
    network = objective_of(recipe, batch_size=1).network
    sizes: Counter[str] = Counter()
    for parameter in network.parameters:
        sizes[layer_of(parameter.name)] += parameter.value.size
    image = np.ones(recipe.dataset_info.shape, np.float32)
    done = walk(recipe.layers, image, network.weights())
    assert done.missing is None
    assert [(plan.name, plan.output_shape) for plan in recipe.plan] == [
        (name, outputs.shape) for name, outputs in done.outputs.items()
    ]
    learning = {plan.name: plan.trainable_parameters for plan in recipe.plan}
    assert {name: count for name, count in learning.items() if count} == sizes


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=recipes())
def test_the_layers_whose_filters_are_looked_at_are_those_whose_kernels_are_kept(
    body: dict[str, Any],
) -> None:
    recipe = Recipe.model_validate(body)
    network = objective_of(recipe, batch_size=1).network
    assert recipe.conv_layers == tuple(layer_of(name) for name in network.conv_kernels)
    assert set(network.conv_kernels) <= network.conv_weights().keys() <= network.weights().keys()
