"""The first convolution of a recipe as one line of each library, and what each word of it makes.

The words are told apart by the same names in all three, so that twins can be shown as such.
"""

from typing import Final, NamedTuple

from ..recipe import Recipe
from ..vocabulary.layers import Conv2D, Shape
from .call import Call, Expression
from .dialects import MEANINGS, DialectName
from .draft import Word
from .keras_code import learning
from .script import layers_with_inputs
from .torch_layers import activation, rim

_KERAS_1_STARTS: Final = ("glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "zeros")
_KERAS_1_NAMES: Final = {"zeros": "zero"}


class WrittenLine(NamedTuple):
    """A convolution as a library writes it; `why` says what its line leaves out, if anything."""

    dialect: DialectName
    code: str
    words: tuple[Word, ...]
    why: str | None = None

    def of_layer(self, index: int) -> "WrittenLine":
        """Returns the same with its words said to be about the recipe's layer `index`."""
        return self._replace(words=tuple(word._replace(layer=index) for word in self.words))


def lines_of(recipe: Recipe) -> list[WrittenLine]:
    """Writes the first convolution in Keras 1, in Keras 3 and in PyTorch; without one, nothing.

    The first layer of all says the shape of the pictures as well.
    """
    for index, (_, layer, shape) in enumerate(layers_with_inputs(recipe)):
        if isinstance(layer, Conv2D):
            pictures = None if index else shape
            written = (
                keras_1_line(layer, pictures),
                _keras_line(layer, pictures),
                _torch_line(layer, shape),
            )
            return [line.of_layer(index) for line in written]
    return []


def keras_1_line(layer: Conv2D, pictures: Shape | None) -> WrittenLine:
    """Writes a convolution as Keras 1 had it, the pictures with channels last, as x[i, j, c]."""
    call = Call("Convolution2D").put("nb_filter", layer.filters)
    call.put("nb_row", layer.kernel_size).put("nb_col", layer.kernel_size)
    call.put("border_mode", Expression(f"'{layer.padding}'"))
    call.put("subsample", (layer.strides, layer.strides), unless=(1, 1))
    start = layer.kernel_initializer
    if isinstance(start, str) and start in _KERAS_1_STARTS:
        said = _KERAS_1_NAMES.get(start, start)
        call.put("init", Expression(f"'{said}'"), unless="'glorot_uniform'")
    if layer.weight_decay:
        call.put("W_regularizer", Expression(f"l2({layer.weight_decay / 2!r})"))
    call.put("trainable", layer.trainable, unless=True)
    if pictures is not None:
        call.put("input_shape", pictures)
    parts: list[str | Call] = ["model.add(", call, ")"]
    if layer.activation != "linear":
        behind = Call("Activation", Expression(f"'{layer.activation}'"))
        parts += ["; model.add(", behind, ")"]  # a layer of its own, as it was written then
    return _line("keras1", parts, _why_of_keras_1(layer))


def _keras_line(layer: Conv2D, pictures: Shape | None) -> WrittenLine:
    sides = (layer.kernel_size, layer.kernel_size)
    call = Call("Conv2D").put("filters", layer.filters).put("kernel_size", sides)
    call.put("strides", (layer.strides, layer.strides), unless=(1, 1))
    call.put("padding", layer.padding)
    call.put("activation", layer.activation, unless="linear")
    parts: list[str | Call] = ["model.add(", learning(call, layer), ")"]
    if pictures is not None:
        parts = ["model.add(", Call("keras.Input").put("shape", pictures), "); ", *parts]
    return _line("keras", parts, _start_beside(layer))


def _torch_line(layer: Conv2D, shape: Shape) -> WrittenLine:
    call = Call("nn.Conv2d").put("in_channels", shape[2]).put("out_channels", layer.filters)
    call.put("kernel_size", layer.kernel_size).put("stride", layer.strides, unless=1)
    zeros = rim(layer.kernel_size, layer.strides, shape) if layer.padding == "same" else (0,) * 4
    parts: list[str | Call] = []
    if len(set(zeros)) == 1:
        call.put("padding", zeros[0])
    else:
        parts = [Call("nn.ZeroPad2d", zeros), ", "]
    parts.append(call)
    if not layer.trainable:
        parts += [".", Call("requires_grad_", False)]
    for behind in activation(layer.activation):
        parts += [", ", behind]
    return _line("torch", parts, _apart_in_torch(layer))


def _line(dialect: DialectName, parts: list[str | Call], why: str | None) -> WrittenLine:
    """Joins text and calls, and finds the place of every word that makes something."""
    text, words = "", []
    for part in parts:
        if isinstance(part, Call):
            words += _words(part, len(text))
        text += str(part)
    return WrittenLine(dialect, text, tuple(words), why)


_WHOLE: Final = {
    "ZeroPad2d": "padding",
    "requires_grad_": "trainable",
    **dict.fromkeys(("Activation", "ReLU", "Tanh", "Sigmoid"), "activation"),
}


def _words(call: Call, start: int) -> list[Word]:
    last = call.name.rpartition(".")[2]
    if last in _WHOLE:
        return [Word(start, start + len(str(call)), _WHOLE[last])]
    words = [] if last == "Input" else [Word(start, start + len(call.name), "kind")]
    place = start + len(call.name) + 1
    for name, written in zip(call.names, call.written, strict=True):
        means = MEANINGS.get(name or "", name or "")
        words.append(Word(place, place + len(written), means))
        place += len(written) + len(", ")
    return words


def _why_of_keras_1(layer: Conv2D) -> str | None:
    start = layer.kernel_initializer
    if isinstance(start, str) and start not in _KERAS_1_STARTS:
        return f"Keras 1 had no {start}: its kernels would begin as glorot_uniform."
    return _start_beside(layer)


def _start_beside(layer: Conv2D) -> str | None:
    if isinstance(layer.kernel_initializer, str):
        return None
    return "The kernels it begins with don't fit in a line: the whole script has them."


def _apart_in_torch(layer: Conv2D) -> str | None:
    if _start_beside(layer):
        return _start_beside(layer)
    if layer.weight_decay:
        return "PyTorch says the weight decay elsewhere: the whole script has it."
    return None
