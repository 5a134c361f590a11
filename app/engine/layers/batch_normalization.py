"""BatchNormalization: the batch's own mean and variance in training, moving averages after it."""

import numpy as np

from ...vocabulary.layers import BatchNormalization
from ..arrays import Array
from .layer_pass import Pass, Setting


class BatchNormalizationPass(Pass):
    """y = γ·(x − μ) / √(σ² + ε) + β for each channel (Ioffe & Szegedy 2015, algorithms 1 and 2).

    In training μ and σ² are the mean and the biased variance of all images and positions of the
    batch, and each moving average m becomes m·momentum + batch's·(1 − momentum), as in Keras. In
    inference μ and σ² are those averages. The images of a pass must be the whole batch. A layer
    that isn't trainable infers in training too.
    """

    def __init__(self, layer: BatchNormalization, setting: Setting) -> None:
        shape = (setting.images, *setting.input_shape)
        self._layer = layer
        self._gamma, self._beta = setting.values.get("gamma"), setting.values.get("beta")
        self._gradients = setting.gradients
        self._mean, self._variance = setting.state["moving_mean"], setting.state["moving_variance"]
        self._outputs: Array = np.zeros(shape, setting.dtype)
        rows = self._outputs.size // shape[-1]
        self._normalised: Array = np.zeros((rows, shape[-1]), setting.dtype)
        self._ones: Array = np.ones(len(self._normalised), setting.dtype)
        self._scratch: Array = np.zeros_like(self._normalised)
        self._is_wanted = setting.input_gradient

    def forward(self, inputs: Array, training: bool) -> Array:
        """Return (images, *input_shape)."""
        outputs = self._outputs.reshape(self._normalised.shape)
        rows = inputs.reshape(outputs.shape)
        if training and self._layer.trainable:
            self._normalise(rows)
            np.copyto(outputs, self._normalised)
            factor: Array | None = self._gamma
            shift = self._beta
        else:
            factor = folded_factor(self._layer, self._variance, self._gamma)
            shift = -self._mean * factor
            shift = shift if self._beta is None else shift + self._beta
            np.copyto(outputs, rows)
        if factor is not None:
            outputs *= factor
        if shift is not None:
            outputs += shift
        return self._outputs

    def backward(self, gradient: Array) -> Array | None:
        """Compute grad x = γ/√(σ² + ε) · (g − mean(g) − x̂·mean(g·x̂)); sums over all rows for
        γ and β.
        """
        rows = gradient.reshape(self._normalised.shape)
        if not self._layer.trainable:
            rows *= folded_factor(self._layer, self._variance, self._gamma)
            return rows.reshape(gradient.shape) if self._is_wanted else None
        of_beta = self._ones @ rows
        of_gamma = self._ones @ np.multiply(rows, self._normalised, out=self._scratch)
        if self._gamma is not None:
            self._gradients["gamma"][...] = of_gamma
        if self._beta is not None:
            self._gradients["beta"][...] = of_beta
        if not self._is_wanted:
            return None
        rows -= of_beta / len(rows)
        rows -= np.multiply(self._normalised, of_gamma / len(rows), out=self._scratch)
        rows *= self._inverse_deviation
        if self._gamma is not None:
            rows *= self._gamma
        return rows.reshape(gradient.shape)

    def _normalise(self, rows: Array) -> None:
        """Fill x̂ from inputs (rows, channels), and move the averages towards this batch's."""
        mean = self._ones @ rows / len(rows)
        np.subtract(rows, mean, out=self._normalised)
        variance = self._ones @ np.square(self._normalised, out=self._scratch) / len(rows)
        self._inverse_deviation: Array = 1 / np.sqrt(variance + self._layer.epsilon)
        self._normalised *= self._inverse_deviation
        for moving, batch in ((self._mean, mean), (self._variance, variance)):
            moving *= self._layer.momentum
            moving += batch * (1 - self._layer.momentum)


def folded_factor(layer: BatchNormalization, variance: Array, gamma: Array | None) -> Array:
    """Return each channel's factor (channels,) once training is over: γ / √(σ² + ε)."""
    factor: Array = 1 / np.sqrt(variance + layer.epsilon)
    return factor if gamma is None else factor * gamma
