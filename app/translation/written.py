"""Recipes as code: each layer as the libraries write it, and scripts that train the network."""

import json
import shlex
from typing import Any, NamedTuple

from ..recipe import Recipe
from ..recipe.objectives import Classify
from ..vocabulary.layers import Conv2D
from .keras_code import keras_layer, keras_script
from .lines import keras_1_line
from .script import layers_with_inputs
from .torch_code import torch_script
from .torch_layers import torch_layers

LIBRARIES = {"keras": keras_script, "torch": torch_script}
NOT_CLASSIFIED = (
    "A sparse code is no stack of layers that Keras or PyTorch has, so there is no script of it."
)


class WrittenLayer(NamedTuple):
    """One layer as it is written in each library; `keras1` for convolutions alone."""

    name: str
    keras1: str | None
    keras: str
    torch: str


def written_layers(recipe: Recipe) -> list[WrittenLayer]:
    """Writes each layer by itself, the first with the shape of the pictures."""
    lines: list[WrittenLayer] = []
    for name, layer, shape in layers_with_inputs(recipe):
        pictures = shape if not lines else None
        keras = keras_layer(layer)
        if pictures is not None and isinstance(layer, Conv2D):
            keras.put("input_shape", pictures)
        torch = ", ".join(map(str, torch_layers(layer, shape)))
        keras_1 = keras_1_line(layer, pictures).code if isinstance(layer, Conv2D) else None
        lines.append(WrittenLayer(name, keras_1, str(keras), torch))
    return lines


def script_of(recipe: Recipe, library: str) -> str | None:
    """Writes a script of `keras` or `torch` that trains the recipe; None where there can't be
    one.
    """
    return LIBRARIES[library](recipe) if isinstance(recipe.objective, Classify) else None


def curl_of(recipe: Recipe, url: str) -> str:
    """Writes the command that starts the same run on a server at `url`."""
    said: dict[str, Any] = recipe.model_dump(exclude_none=True)
    body = shlex.quote(json.dumps(said, ensure_ascii=False))
    return f"curl --json {body} {shlex.quote(f'{url}/api/runs')}"
