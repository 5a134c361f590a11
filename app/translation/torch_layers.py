"""A recipe's layers as PyTorch's modules."""

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
    Shape,
)
from ..vocabulary.layers.windows import same_padding
from .call import Call, Expression

_ACTIVATIONS = {"relu": "nn.ReLU", "tanh": "nn.Tanh", "sigmoid": "nn.Sigmoid"}


def torch_layers(layer: Layer, shape: Shape) -> list[Call]:
    """Writes one layer as PyTorch has it, for an input of `shape`: itself, and what goes with it.

    Padding before it, an activation behind it are modules of their own there.
    """
    match layer:
        case Conv2D():
            call = Call("nn.Conv2d", shape[2], layer.filters, layer.kernel_size)
            return _convolution(call, layer, shape)
        case DepthwiseConv2D():
            outputs = shape[2] * layer.depth_multiplier
            call = Call("nn.Conv2d", shape[2], outputs, layer.kernel_size)
            return _convolution(call.put("groups", shape[2]), layer, shape)
        case Dense():
            return [Call("nn.Linear", shape[0], layer.units), *activation(layer.activation)]
        case Pool2D():
            return _pool(layer, shape)
        case Dropout():
            return [Call("nn.Dropout", layer.rate)]
        case BatchNormalization():
            kind = "nn.BatchNorm2d" if len(shape) == 3 else "nn.BatchNorm1d"
            call = Call(kind, shape[-1]).put("eps", layer.epsilon, unless=1e-5)
            return [call.put("momentum", round(1 - layer.momentum, 12), unless=0.1)]
        case Flatten():
            return [Call("ChannelsLast"), Call("nn.Flatten")]
        case GlobalAveragePool2D():
            return [Call("nn.AdaptiveAvgPool2d", 1), Call("nn.Flatten")]
    raise TypeError(f"{layer.type} has no PyTorch code")


def activation(name: str) -> list[Call]:
    return [] if name == "linear" else [Call(_ACTIVATIONS[name])]


def _convolution(call: Call, layer: Conv2D | DepthwiseConv2D, shape: Shape) -> list[Call]:
    call.put("stride", layer.strides, unless=1)
    before = []
    if layer.padding == "same" and layer.strides == layer.kernel_size % 2 == 1:
        call.put("padding", "same")
    elif layer.padding == "same":
        before = [Call("nn.ZeroPad2d", rim(layer.kernel_size, layer.strides, shape))]
    return [*before, call, *activation(layer.activation)]


def rim(size: int, stride: int, shape: Shape) -> tuple[int, int, int, int]:
    """Returns the zeros left, right, above and below, as Keras has them."""
    above, below = same_padding(shape[0], size, stride)
    left, right = same_padding(shape[1], size, stride)
    return left, right, above, below


def _pool(layer: Pool2D, shape: Shape) -> list[Call]:
    size, stride = layer.pool_size, layer.strides or layer.pool_size
    is_max = layer.type == "max_pool2d"
    if layer.padding == "same" and not is_max:
        return [Call("SameAverage", size, stride, rim(size, stride, shape))]
    call = Call("nn.MaxPool2d" if is_max else "nn.AvgPool2d", size)
    call.put("stride", stride, unless=size)
    if layer.padding == "valid":
        return [call]
    least = Expression('-float("inf")')
    return [Call("nn.ConstantPad2d", rim(size, stride, shape), least), call]
