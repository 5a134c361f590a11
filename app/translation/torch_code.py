"""A recipe as a script that trains the same network in PyTorch.

It flattens channels last, as Keras and Filterscope do, so that the same weights (axes turned)
give the same answers.
"""

import math
from typing import Any

from ..recipe import Recipe
from ..vocabulary.layers import BatchNormalization, Shape
from ..vocabulary.layers.naming import named
from ..vocabulary.optimizers import LINEAR_END, OPTIMIZERS
from .call import Call, Expression
from .script import (
    chosen_kernels,
    further_imports,
    layers_with_inputs,
    length_code,
    pictures_code,
    title,
)
from .torch_stack import classes_of, modules, stack_of

_NAMES = {"learning_rate": "lr", "epsilon": "eps"}


def start_code(recipe: Recipe) -> str:
    """Writes how the kernels begin, as Keras's initialisers draw them; biases begin at zero."""
    lines: list[str] = []
    kernels = chosen_kernels(recipe)
    for name, layer, shape in layers_with_inputs(recipe):
        for spec in layer.parameters(shape):
            if spec.name == "kernel":
                weight = f"model.{name}.weight"
                lines.append(
                    _start(weight, spec.shape, spec.initializer)
                    if isinstance(spec.initializer, str)
                    else _put(weight, kernels[name])
                )
                lines.append(f"nn.init.zeros_(model.{name}.bias)\n")
        if not getattr(layer, "trainable", True):
            lines.append(f"model.{name}.requires_grad_(False)\n")
    return "".join(lines)


def _put(weight: str, kernel: Expression) -> str:
    turned = f"torch.tensor({kernel}.transpose(3, 2, 0, 1))"
    return f"with torch.no_grad():\n    {weight}.copy_({turned})\n"


_SCALES: dict[str, tuple[int, str]] = {
    "glorot": (2, "({fan_in} + {fan_out})"),
    "he": (2, "{fan_in}"),
    "lecun": (1, "{fan_in}"),
}


def _start(weight: str, shape: Shape, initializer: str) -> str:
    """Draws with variance scale / fan: a uniform to √3 deviations, a normal cut at two."""
    if initializer == "zeros":
        return f"nn.init.zeros_({weight})\n"
    rule, _, kind = initializer.partition("_")
    field = math.prod(shape[:-2])
    scale, fan = _SCALES[rule]
    fan = fan.format(fan_in=shape[-2] * field, fan_out=shape[-1] * field)
    if kind == "uniform":
        return (
            f"bound = math.sqrt({3 * scale} / {fan})\nnn.init.uniform_({weight}, -bound, bound)\n"
        )
    return (
        f"deviation = math.sqrt({scale} / {fan}) / 0.87962566  # of the normal before it is cut\n"
        f"nn.init.trunc_normal_({weight}, 0, deviation, -2 * deviation, 2 * deviation)\n"
    )


def _optimizer(recipe: Recipe) -> Call:
    said: dict[str, Any] = recipe.optimizer.model_dump(exclude={"schedule"})
    kind = said.pop("type")
    call = Call(f"torch.optim.{OPTIMIZERS[kind].title}", Expression("model.parameters()"))
    if "beta_1" in said:
        said["betas"] = (said.pop("beta_1"), said.pop("beta_2"))
    if kind == "rmsprop":
        said["alpha"] = said.pop("rho")
    for setting, value in said.items():
        call.put(_NAMES.get(setting, setting), value)
    return call


def _decay(recipe: Recipe) -> str:
    """Writes the decay as part of the loss: half of it times the sum of squares."""
    terms = [
        f"        loss = loss + {decay / 2!r} * model.{name}.weight.square().sum()\n"
        for name, layer in named(recipe.layers)
        if (decay := getattr(layer, "weight_decay", 0))
    ]
    return "".join(terms)


def _schedule(recipe: Recipe) -> tuple[str, str]:
    """Writes how the schedule is made, and how it goes on after each update."""
    if recipe.optimizer.schedule == "constant":
        return "", ""
    last = max(recipe.total_steps - 1, 1)
    rate = f"lambda step: 1 - {1 - LINEAR_END!r} * min(step / {last}, 1)"
    made = f"schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, {rate})\n"
    return made, "        schedule.step()\n"


def _held_averages(recipe: Recipe) -> str:
    """Keeps what isn't trainable at its moving averages while the rest trains, as Keras does."""
    return "".join(
        f"    model.{name}.eval()\n"
        for name, layer in named(recipe.layers)
        if isinstance(layer, BatchNormalization) and not layer.trainable
    )


def torch_script(recipe: Recipe) -> str:
    """Writes a script that trains the same network in PyTorch, on the same pictures."""
    found = modules(layers_with_inputs(recipe))
    made, stepped = _schedule(recipe)
    standard, ours = further_imports(recipe)
    return (
        f'"""{title(recipe, "PyTorch")}"""\n\n'
        f"{standard}import math\nfrom collections import OrderedDict\nfrom pathlib import Path\n\n"
        "import numpy as np\nimport torch\nfrom filterscope.datasets import load\n"
        f"{ours}from torch import nn\n\ntorch.manual_seed({recipe.seed})\n\n"
        f"{classes_of(found)}\n{stack_of(found)}"
        f"{start_code(recipe)}print(model)\n\n"
        f"{pictures_code(recipe)}"
        "x, y, x_test, y_test = map(torch.from_numpy, (x, y, x_test, y_test))\n"
        "x, x_test = x.permute(0, 3, 1, 2), x_test.permute(0, 3, 1, 2)  # channels first\n\n"
        f"optimizer = {_optimizer(recipe).within(0)}\n{made}{length_code(recipe)}"
        "for epoch in range(epochs):\n"
        f"    model.train()\n{_held_averages(recipe)}"
        f"    for batch in torch.randperm(len(x)).split({recipe.batch_size}):\n"
        "        loss = nn.functional.cross_entropy(model(x[batch]), y[batch])\n"
        f"{_decay(recipe)}"
        "        optimizer.zero_grad()\n        loss.backward()\n        optimizer.step()\n"
        f"{stepped}"
        "    model.eval()\n"
        "    with torch.no_grad():\n"
        "        right = (model(x_test).argmax(1) == y_test).float().mean()\n"
        '    print(f"epoch {epoch + 1}: {right:.1%} right")\n'
    )
