"""Recipes as Keras 3 has them: the layers, and a script that trains them."""

from typing import Any

from ..recipe import Recipe
from ..vocabulary.layers import (
    BatchNormalization,
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Flatten,
    GlobalAveragePool2D,
    Layer,
    Pool2D,
)
from ..vocabulary.layers.naming import named
from ..vocabulary.optimizers import LINEAR_END, OPTIMIZERS
from .call import Call, Expression
from .script import chosen_kernels, further_imports, length_code, pictures_code, title

_POOLS = {"max_pool2d": "MaxPooling2D", "average_pool2d": "AveragePooling2D"}


def keras_layer(layer: Layer) -> Call:
    """Writes one layer as Keras 3 has it: `layers.Conv2D(32, 3, activation="relu")`."""
    match layer:
        case Conv2D():
            return _convolution(Call("layers.Conv2D", layer.filters, layer.kernel_size), layer)
        case DepthwiseConv2D():
            call = Call("layers.DepthwiseConv2D", layer.kernel_size)
            call.put("depth_multiplier", layer.depth_multiplier, unless=1)
            return _convolution(call, layer)
        case Dense():
            call = Call("layers.Dense", layer.units)
            return learning(call.put("activation", layer.activation, unless="linear"), layer)
        case Pool2D():
            call = Call(f"layers.{_POOLS[layer.type]}", layer.pool_size)
            call.put("strides", layer.strides, unless=None)
            return call.put("padding", layer.padding, unless="valid")
        case Dropout():
            return Call("layers.Dropout", layer.rate)
        case BatchNormalization():
            call = Call("layers.BatchNormalization")
            for setting, usual in _USUAL_NORMALIZATION.items():
                call.put(setting, getattr(layer, setting), unless=usual)
            return call
        case Flatten():
            return Call("layers.Flatten")
        case GlobalAveragePool2D():
            return Call("layers.GlobalAveragePooling2D")
    raise TypeError(f"{layer.type} has no Keras code")


_USUAL_NORMALIZATION = {
    "momentum": 0.99,
    "epsilon": 0.001,
    "center": True,
    "scale": True,
    "trainable": True,
}


def _convolution(call: Call, layer: Conv2D | DepthwiseConv2D) -> Call:
    call.put("strides", layer.strides, unless=1)
    call.put("padding", layer.padding, unless="valid")
    call.put("activation", layer.activation, unless="linear")
    return learning(call, layer)


def learning(call: Call, layer: Conv2D | DepthwiseConv2D | Dense) -> Call:
    """Adds how the kernel begins, and its decay: Keras's L2(x) has the gradient 2·x·W."""
    depthwise = isinstance(layer, DepthwiseConv2D)
    kernel = "depthwise" if depthwise else "kernel"
    begun = getattr(layer, f"{kernel}_initializer")
    if isinstance(begun, str):
        call.put(f"{kernel}_initializer", begun, unless="glorot_uniform")
    call.put("trainable", layer.trainable, unless=True)
    if layer.weight_decay:
        decay = Expression(f"keras.regularizers.L2({layer.weight_decay / 2!r})")
        call.put(f"{kernel}_regularizer", decay)
    return call


def _optimizer(recipe: Recipe) -> Call:
    said: dict[str, Any] = recipe.optimizer.model_dump()
    call = Call(f"keras.optimizers.{OPTIMIZERS[said.pop('type')].title}")
    rate: Any = said.pop("learning_rate")
    if said.pop("schedule") == "linear":
        steps = max(recipe.total_steps - 1, 1)
        schedule = Call(
            "keras.optimizers.schedules.PolynomialDecay", rate, steps, rate * LINEAR_END
        )
        rate = Expression(str(schedule))
    call.put("learning_rate", rate)
    for setting, value in said.items():
        call.put(setting, value)
    return call


def keras_script(recipe: Recipe) -> str:
    """Writes a script that trains the same network in Keras 3, on the same pictures."""
    stack = "".join(
        f"        {keras_layer(layer).put('name', name).within(8)},\n"
        for name, layer in named(recipe.layers)
    )
    kernels = chosen_kernels(recipe)
    standard, ours = further_imports(recipe)
    filled = "".join(
        f"kernel = {kernel}\n"
        f'model.get_layer("{name}").set_weights([kernel, np.zeros(kernel.shape[-1])])\n'
        for name, kernel in kernels.items()
    )
    return (
        f'"""{title(recipe, "Keras 3")}"""\n\n'
        f"{standard}from pathlib import Path\n\n"
        "import keras\nimport numpy as np\nfrom filterscope.datasets import load\n"
        f"{ours}from keras import layers\n\n"
        f"keras.utils.set_random_seed({recipe.seed})\n\n"
        "model = keras.Sequential(\n    [\n"
        f"        keras.Input(shape={recipe.dataset_info.shape}),\n{stack}    ]\n)\n{filled}"
        "model.summary()\n\n"
        f"{pictures_code(recipe)}\n"
        f"model.compile(\n    optimizer={_optimizer(recipe).within(4)},\n"
        "    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),\n"
        '    metrics=["accuracy"],\n)\n'
        f"{length_code(recipe)}"
        f"model.fit(x, y, epochs=epochs, batch_size={recipe.batch_size}, "
        "validation_data=(x_test, y_test))\n"
    )
