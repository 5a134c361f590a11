"""Dense: matrix products, then an activation."""

import numpy as np

from ...vocabulary.layers import Dense
from ..activations import activation_named
from ..arrays import Array
from .layer_pass import Pass, Setting


class DensePass(Pass):
    """y = f(x·W + b) with W of shape (inputs, units)."""

    def __init__(self, layer: Dense, setting: Setting) -> None:
        self._activation = activation_named(layer.activation)
        self._kernel, self._bias = setting.values["kernel"], setting.values["bias"]
        self._grad_kernel = setting.gradients.get("kernel")
        self._grad_bias = setting.gradients.get("bias")
        self._inputs = setting.empty(*setting.input_shape)
        self._outputs = setting.empty(*self._bias.shape)
        self._scratch = np.zeros_like(self._outputs)
        self._grad_inputs = np.zeros_like(self._inputs) if setting.input_gradient else None

    def forward(self, inputs: Array, training: bool) -> Array:
        """Compute f(inputs·kernel + bias), (images, units)."""
        self._inputs = inputs
        np.matmul(inputs, self._kernel, out=self._outputs)
        self._outputs += self._bias
        self._activation.apply(self._outputs, self._scratch)
        return self._outputs

    def backward(self, gradient: Array) -> Array | None:
        """Compute grad W = xᵀ·g, grad b = Σ g, grad x = g·Wᵀ."""
        self._activation.differentiate(self._outputs, gradient, self._scratch)
        if self._grad_kernel is not None:
            np.matmul(self._inputs.T, gradient, out=self._grad_kernel)
            np.add.reduce(gradient, axis=0, out=self._grad_bias)
        if self._grad_inputs is None:
            return None
        return np.matmul(gradient, self._kernel.T, out=self._grad_inputs)
