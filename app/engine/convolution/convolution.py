"""The interface of every convolution algorithm."""

from abc import ABC, abstractmethod

from app.engine.arrays import Array, DType
from app.engine.convolution.geometry import Geometry


class Convolution(ABC):
    """One algorithm with its working memory, for one geometry and a fixed number of images."""

    @abstractmethod
    def __init__(self, geometry: Geometry, images: int, dtype: DType) -> None:
        """Allocate everything that `forward` and `backward` need."""

    @abstractmethod
    def forward(self, inputs: Array, kernel: Array, bias: Array, outputs: Array) -> None:
        """Write inputs ∗ kernel + bias into outputs.

        inputs: (images, height, width, channels); kernel: HWIO; bias: (filters,); outputs:
        (images, output height, output width, filters). The inputs must stay as they are until
        the `backward` that belongs to this call.
        """

    @abstractmethod
    def backward(
        self,
        gradient: Array,
        kernel: Array,
        grad_kernel: Array,
        grad_bias: Array,
        grad_inputs: Array | None,
    ) -> None:
        """Write the gradients of the last forward's kernel, bias and (unless None) inputs.

        gradient: that of the outputs, shaped like them; it may be overwritten.
        """
