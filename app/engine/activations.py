"""Activation functions, applied in place, with derivatives told from their own output."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .arrays import Array


@dataclass(frozen=True)
class Activation:
    """One function f and its derivative.

    `apply(values, scratch)` replaces values z by f(z); `differentiate(outputs, gradient, scratch)`
    multiplies the gradient by f′(z), written as a function of the outputs f(z). All arrays have
    the same shape and dtype; scratch may be overwritten. Every f grows with z, so it commutes
    with taking a maximum.
    """

    apply: Callable[[Array, Array], None]
    differentiate: Callable[[Array, Array, Array], None]


def _linear(values: Array, scratch: Array) -> None:
    pass


def _linear_derivative(outputs: Array, gradient: Array, scratch: Array) -> None:
    pass


def _relu(values: Array, scratch: Array) -> None:
    # Beside an array of zeros NumPy compares a register at a time, beside a number one by one.
    nothing = scratch[:1]
    nothing.fill(0)
    np.maximum(values, nothing, out=values)


def _relu_derivative(outputs: Array, gradient: Array, scratch: Array) -> None:
    np.multiply(gradient, np.greater(outputs, 0), out=gradient)


def _tanh(values: Array, scratch: Array) -> None:
    np.tanh(values, out=values)


def _tanh_derivative(outputs: Array, gradient: Array, scratch: Array) -> None:
    np.multiply(outputs, outputs, out=scratch)
    np.subtract(1, scratch, out=scratch)
    gradient *= scratch


def _sigmoid(values: Array, scratch: Array) -> None:
    # σ(z) = (1 + tanh(z/2)) / 2 can't overflow.
    values *= 0.5
    np.tanh(values, out=values)
    values += 1
    values *= 0.5


def _sigmoid_derivative(outputs: Array, gradient: Array, scratch: Array) -> None:
    np.subtract(1, outputs, out=scratch)
    scratch *= outputs
    gradient *= scratch


ACTIVATIONS = {
    "linear": Activation(_linear, _linear_derivative),
    "relu": Activation(_relu, _relu_derivative),
    "tanh": Activation(_tanh, _tanh_derivative),
    "sigmoid": Activation(_sigmoid, _sigmoid_derivative),
}


def activation_named(name: str) -> Activation:
    """Return the activation of that name; ValueError lists the names there are."""
    if name not in ACTIVATIONS:
        raise ValueError(f"activation is {name!r}; choose one of {', '.join(ACTIVATIONS)}")
    return ACTIVATIONS[name]
