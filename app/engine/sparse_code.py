"""A sparse code: windows of pictures rebuilt from few filters, without labels.

After Olshausen and Field 1996 ("Emergence of simple-cell receptive field properties by learning a
sparse code for natural images"), with one soft threshold in place of their search for the code.
"""

import numpy as np

from ..vocabulary.kernel_starts import Chosen
from ..vocabulary.layers import WeightSpec
from .arrays import Array, DType
from .parameters import FlatBuffer, Parameters

_SHORTEST = 1e-12  # of a filter's length, so that one of zeros stays zeros


class SparseCoder:
    """One layer of filters that answers to a window and rebuilds it from those answers.

    With Ŵ the filters W, each divided by its length, for a window p:
    h = Ŵ·p; h̃ = sign(h)·max(|h| − λ, 0); loss = ‖Ŵᵀh̃ − p‖² + λ·Σ|h̃|.

    Args:
        kernel_size: rows and columns of a window, in pixels.
        filters: how many there are.
        channels: of a pixel.
        sparsity: λ, at least 0.
        generator: draws W.
    """

    def __init__(
        self,
        kernel_size: int,
        filters: int,
        channels: int,
        sparsity: float,
        generator: np.random.Generator,
        kernel_initializer: str | Chosen = "glorot_uniform",
        dtype: DType = np.float32,
    ) -> None:
        if not sparsity >= 0:
            raise ValueError(f"sparsity is {sparsity}; it must be at least 0")
        self.window_shape = (kernel_size, kernel_size, channels)
        self.sparsity = dtype(sparsity)
        shape = (*self.window_shape, filters)
        spec = WeightSpec("kernel", shape, kernel_initializer)
        self.parameters = Parameters({"conv1/kernel": spec}, dtype)
        self.parameters.draw(generator)
        self.state = FlatBuffer({}, dtype)
        kernel = self.parameters[0]
        self._kernel = kernel.value.reshape(-1, filters)
        self._gradient = kernel.gradient.reshape(-1, filters)

    def loss_and_gradients(self, windows: Array) -> float:
        """Compute the mean loss of windows (n, kernel_size, kernel_size, channels); fill the
        gradient.
        """
        pixels = self._flat(windows)
        filters, lengths = self._normalised()
        code, missing = self._rebuild(pixels, filters)
        # Through both paths from a filter to the loss: what it answers and what it paints.
        of_answer = (2 * missing @ filters + self.sparsity * np.sign(code)) * (code != 0)
        of_filters = pixels.T @ of_answer + 2 * (missing.T @ code)
        of_filters /= len(pixels)
        # A filter's length cancels out: only what is at right angles to it changes the loss.
        along = (filters * of_filters).sum(axis=0)
        self._gradient[...] = (of_filters - filters * along) / lengths
        return self._mean_loss(code, missing)

    def loss(self, windows: Array) -> float:
        """Compute the mean loss of windows (n, kernel_size, kernel_size, channels), n at least
        1.
        """
        filters, _ = self._normalised()
        return self._mean_loss(*self._rebuild(self._flat(windows), filters))

    def code(self, windows: Array) -> Array:
        """Compute h̃ of windows (n, kernel_size, kernel_size, channels): (n, filters), mostly
        zeros.
        """
        filters, _ = self._normalised()
        return self._answer(self._flat(windows), filters)

    def weights(self) -> dict[str, Array]:
        """Copies of the filters as they act, Ŵ (HWIO), and of their bias, which is always 0."""
        filters, _ = self._normalised()
        kernel: Array = filters.reshape(*self.window_shape, -1)
        return {"conv1/kernel": kernel, "conv1/bias": np.zeros(filters.shape[1], kernel.dtype)}

    def conv_weights(self) -> dict[str, Array]:
        """Return the same: there are no other weights."""
        return self.weights()

    @property
    def conv_kernels(self) -> tuple[str, ...]:
        """The one kernel's name. An optimiser moves W; what acts and is shown is Ŵ."""
        return ("conv1/kernel",)

    def _normalised(self) -> tuple[Array, Array]:
        lengths = np.maximum(np.sqrt(np.square(self._kernel).sum(axis=0)), _SHORTEST)
        return self._kernel / lengths, lengths

    def _answer(self, pixels: Array, filters: Array) -> Array:
        answers = pixels @ filters
        code: Array = np.sign(answers) * np.maximum(np.abs(answers) - self.sparsity, 0)
        return code

    def _rebuild(self, pixels: Array, filters: Array) -> tuple[Array, Array]:
        code = self._answer(pixels, filters)
        return code, code @ filters.T - pixels

    def _mean_loss(self, code: Array, missing: Array) -> float:
        total = np.square(missing).sum() + self.sparsity * np.abs(code).sum()
        return float(total) / len(code)

    def _flat(self, windows: Array) -> Array:
        if windows.shape[1:] != self.window_shape:
            raise ValueError(f"windows are {windows.shape[1:]}, not {self.window_shape}")
        return windows.reshape(len(windows), -1)
