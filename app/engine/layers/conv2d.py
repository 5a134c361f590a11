"""Conv2D: filters slid over an image; what Filterscope shows."""

from collections.abc import Sequence
from copy import copy
from typing import ClassVar

import numpy as np

from ..activations import Activation, activation_named
from ..arrays import Array, Shape
from ..convolution import Geometry, convolution_for
from ..initializers import Initializer, initializer_named
from ..parameters import ParameterSpec
from ..shapes import Padding
from .layer import Layer, Pass, Setting, at_least_one, image_shape
from .max_pool2d import MaxPool2D


class Conv2D(Layer):
    """y[r, c, f] = f(Σ x[r·s + i, c·s + j, k]·W[i, j, k, f] + b[f]), a cross-correlation.

    The kernel is HWIO (kernel_size, kernel_size, channels, filters), never flipped. Gradients of
    the kernel hold weight_decay·W besides the loss's; the bias doesn't decay.
    """

    kind: ClassVar[str] = "conv"

    def __init__(
        self,
        filters: int,
        kernel_size: int,
        strides: int = 1,
        padding: Padding = "valid",
        activation: str = "linear",
        kernel_initializer: str | Initializer = "glorot_uniform",
        bias_initializer: str | Initializer = "zeros",
        weight_decay: float = 0.0,
    ) -> None:
        at_least_one(filters=filters, kernel_size=kernel_size, strides=strides)
        self.filters = filters
        self.kernel_size = kernel_size
        self.strides = strides
        self.padding: Padding = padding
        self.activation = activation_named(activation)
        self.kernel_initializer = initializer_named(kernel_initializer)
        self.bias_initializer = initializer_named(bias_initializer)
        self.weight_decay = weight_decay
        self._pool = 1

    def geometry(self, input_shape: Shape) -> Geometry:
        """What an algorithm needs to know of this layer on such images."""
        height, width, channels = image_shape("Conv2D", input_shape)
        return Geometry(
            height,
            width,
            channels,
            self.filters,
            self.kernel_size,
            self.strides,
            self.padding,
            self._pool,
        )

    def output_shape(self, input_shape: Shape) -> Shape:
        """(output height, output width, filters)."""
        return self.geometry(input_shape).output_shape

    def parameters(self, input_shape: Shape) -> Sequence[ParameterSpec]:
        """kernel, HWIO, and bias (filters,)."""
        geometry = self.geometry(input_shape)
        return (
            ParameterSpec(
                "kernel", geometry.kernel_shape, self.kernel_initializer, self.weight_decay
            ),
            ParameterSpec("bias", (self.filters,), self.bias_initializer),
        )

    def fuse(self, follower: Layer) -> "Conv2D | None":
        """Take in a 2×2 max-pooling: every activation grows, so pooling may come before it."""
        if type(follower) is not MaxPool2D or self._pool > 1:
            return None
        if (follower.pool_size, follower.strides, follower.padding) != (2, 2, "valid"):
            return None
        pooled = copy(self)
        pooled._pool = 2
        return pooled

    def prepare(self, setting: Setting) -> "ConvolutionPass":
        """Let the chooser pick an algorithm and give it memory."""
        return ConvolutionPass(self.geometry(setting.input_shape), self.activation, setting)


class ConvolutionPass(Pass):
    """A convolution algorithm followed by an activation."""

    def __init__(self, geometry: Geometry, activation: Activation, setting: Setting) -> None:
        self._algorithm = convolution_for(geometry, setting.images, setting.dtype)
        self._activation = activation
        self._kernel, self._bias = setting.values["kernel"], setting.values["bias"]
        self._gradients = setting.gradients["kernel"], setting.gradients["bias"]
        self._outputs = setting.empty(*geometry.output_shape)
        self._scratch = np.zeros_like(self._outputs)
        self._grad_inputs = setting.empty(*setting.input_shape) if setting.input_gradient else None

    def forward(self, inputs: Array, training: bool) -> Array:
        """f(inputs ∗ kernel + bias)."""
        self._algorithm.forward(inputs, self._kernel, self._bias, self._outputs)
        self._activation.apply(self._outputs, self._scratch)
        return self._outputs

    def backward(self, gradient: Array) -> Array | None:
        """Fills the gradients of kernel and bias; gives that of the inputs."""
        self._activation.differentiate(self._outputs, gradient, self._scratch)
        self._algorithm.backward(gradient, self._kernel, *self._gradients, self._grad_inputs)
        return self._grad_inputs
