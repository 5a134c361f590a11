"""Conv2D: a convolution algorithm, which may pool, and an activation."""

from dataclasses import dataclass, fields
from typing import ClassVar

import numpy as np

from ...vocabulary.layers import Conv2D, Layer, MaxPool2D, Shape
from ..activations import activation_named
from ..arrays import Array
from ..convolution import Geometry, convolution_for
from .layer_pass import Pass, Setting


@dataclass(frozen=True)
class PooledConv2D(Conv2D):
    """A convolution and the 2×2 max-pooling after it, done as one."""

    pool: ClassVar[int] = 2

    def output_shape(self, input_shape: Shape) -> Shape:
        """Return (output height, output width, filters) after pooling."""
        return geometry_of(self, input_shape).output_shape


def pooled(layer: Layer, follower: Layer) -> PooledConv2D | None:
    """Build one layer for both, where they can be: every activation grows, so pooling may come
    first.
    """
    if type(layer) is not Conv2D or type(follower) is not MaxPool2D:
        return None
    if follower.window != (2, 2, "valid"):
        return None
    return PooledConv2D(**{field.name: getattr(layer, field.name) for field in fields(layer)})


def geometry_of(layer: Conv2D, input_shape: Shape) -> Geometry:
    """Gives the sizes that an algorithm needs to know of this layer on such images."""
    height, width, channels = input_shape
    return Geometry(
        height,
        width,
        channels,
        layer.filters,
        layer.kernel_size,
        layer.strides,
        layer.padding,
        layer.pool if isinstance(layer, PooledConv2D) else 1,
    )


class ConvolutionPass(Pass):
    """y[r, c, f] = f(Σ x[r·s + i, c·s + j, k]·W[i, j, k, f] + b[f]), a cross-correlation.

    The kernel is HWIO (kernel_size, kernel_size, channels, filters), never flipped. The chooser
    picks an algorithm for the shape.
    """

    def __init__(self, layer: Conv2D, setting: Setting) -> None:
        geometry = geometry_of(layer, setting.input_shape)
        self._algorithm = convolution_for(geometry, setting.images, setting.dtype)
        is_done = layer.activation == "relu" and self._algorithm.take_relu()
        self._activation = activation_named("linear" if is_done else layer.activation)
        self._kernel, self._bias = setting.values["kernel"], setting.values["bias"]
        self._gradients = setting.gradients.get("kernel"), setting.gradients.get("bias")
        self._outputs = setting.empty(*geometry.output_shape)
        self._scratch = np.zeros_like(self._outputs)
        self._grad_inputs = setting.empty(*setting.input_shape) if setting.input_gradient else None

    def forward(self, inputs: Array, training: bool) -> Array:
        """Compute f(inputs ∗ kernel + bias)."""
        self._algorithm.forward(inputs, self._kernel, self._bias, self._outputs)
        self._activation.apply(self._outputs, self._scratch)
        return self._outputs

    def backward(self, gradient: Array) -> Array | None:
        """Fills the gradients of kernel and bias if they learn; gives that of the inputs."""
        self._activation.differentiate(self._outputs, gradient, self._scratch)
        gradient = np.ascontiguousarray(gradient)  # pooling cuts it out of a padded one
        self._algorithm.backward(gradient, self._kernel, *self._gradients, self._grad_inputs)
        return self._grad_inputs
