"""Dense: every output weighs every input."""

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from ..activations import Activation, activation_named
from ..arrays import Array, Shape
from ..initializers import Initializer, initializer_named
from ..parameters import ParameterSpec
from .layer import Layer, Pass, Setting, at_least_one


class Dense(Layer):
    """y = f(x·W + b) with W of shape (inputs, units).

    The kernel's gradient holds weight_decay·W besides the loss's; the bias doesn't decay.
    """

    kind: ClassVar[str] = "dense"

    def __init__(
        self,
        units: int,
        activation: str = "linear",
        kernel_initializer: str | Initializer = "glorot_uniform",
        bias_initializer: str | Initializer = "zeros",
        weight_decay: float = 0.0,
    ) -> None:
        at_least_one(units=units)
        self.units = units
        self.activation = activation_named(activation)
        self.kernel_initializer = initializer_named(kernel_initializer)
        self.bias_initializer = initializer_named(bias_initializer)
        self.weight_decay = weight_decay

    def output_shape(self, input_shape: Shape) -> Shape:
        """(units,); ValueError unless the input is one vector an image."""
        if len(input_shape) != 1:
            raise ValueError(
                f"Dense needs one vector an image, not shape {input_shape}; "
                "place Flatten or GlobalAveragePool2D before it"
            )
        return (self.units,)

    def parameters(self, input_shape: Shape) -> Sequence[ParameterSpec]:
        """kernel (inputs, units) and bias (units,)."""
        shape = (input_shape[0], self.units)
        return (
            ParameterSpec("kernel", shape, self.kernel_initializer, self.weight_decay),
            ParameterSpec("bias", (self.units,), self.bias_initializer),
        )

    def prepare(self, setting: Setting) -> "DensePass":
        """Memory for outputs and for the gradient of the inputs."""
        return DensePass(self.activation, setting)


class DensePass(Pass):
    """Matrix products, then an activation."""

    def __init__(self, activation: Activation, setting: Setting) -> None:
        self._activation = activation
        self._kernel, self._bias = setting.values["kernel"], setting.values["bias"]
        self._grad_kernel = setting.gradients["kernel"]
        self._grad_bias = setting.gradients["bias"]
        self._inputs = setting.empty(*setting.input_shape)
        self._outputs = setting.empty(*self._bias.shape)
        self._scratch = np.zeros_like(self._outputs)
        self._grad_inputs = np.zeros_like(self._inputs) if setting.input_gradient else None

    def forward(self, inputs: Array, training: bool) -> Array:
        """f(inputs·kernel + bias), (images, units)."""
        self._inputs = inputs
        np.matmul(inputs, self._kernel, out=self._outputs)
        self._outputs += self._bias
        self._activation.apply(self._outputs, self._scratch)
        return self._outputs

    def backward(self, gradient: Array) -> Array | None:
        """grad W = xᵀ·g, grad b = Σ g, grad x = g·Wᵀ."""
        self._activation.differentiate(self._outputs, gradient, self._scratch)
        np.matmul(self._inputs.T, gradient, out=self._grad_kernel)
        np.add.reduce(gradient, axis=0, out=self._grad_bias)
        if self._grad_inputs is None:
            return None
        return np.matmul(gradient, self._kernel.T, out=self._grad_inputs)
