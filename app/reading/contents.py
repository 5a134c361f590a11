"""What a file of weights holds: layers with their kernels, and what of it was unclear."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..external.described import KnownNetwork, StepUnit
from ..external.registration import RegisteredLayer

MOST_TENSORS: Final = 20_000
MOST_HEADER_BYTES: Final = 32 * 1024**2
MOST_KERNEL_BYTES: Final = 256 * 1024**2
MOST_RATIO: Final = 200  # of what is unpacked to what lies in the file


class WeightsUnreadable(ValueError):
    """Says why a file can't be read, as a sentence without its full stop, and the way out."""


@dataclass(frozen=True)
class FoundLayer:
    """One layer of a file that has a kernel.

    Attributes:
        described: its title (as the file names it), kind, shape in Keras's order (a conv layer's:
            height, width, in, out), groups, and strides, padding, activation where the file says.
        kernel: reads its weights: float32, in the shape that `described` tells; only then are
            they fetched from the file.
        bias: reads what its filters add; None where it adds nothing.
        averages: read what a batch normalisation has in place of a kernel, by Keras's names:
            `gamma`, `beta`, `moving_mean`, `moving_variance`.
    """

    described: RegisteredLayer
    kernel: Callable[[], NDArray[np.float32]]
    bias: Callable[[], NDArray[np.float32]] | None = None
    averages: Mapping[str, Callable[[], NDArray[np.float32]]] = field(default_factory=dict)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of its kernel."""
        if self.described.shape is None:
            raise ValueError(f"{self.described.title} has no kernel")
        return self.described.shape


@dataclass(frozen=True)
class Contents:
    """What one file of weights holds.

    Attributes:
        format: how it is written: `keras`, `keras_weights`, `keras_h5`, `torch`, `torch_legacy`,
            `torchscript`, `safetensors`, `onnx`, `npz`.
        framework: what wrote it, as `Keras 3.15.1`; None where it doesn't say.
        layers: those with a kernel, in the network's order as far as it can be known.
        notes: sentences on what wasn't understood or had to be guessed.
        step: after how many steps the weights were kept, where the file itself says.
        step_unit: what such a step is.
        class_names: what the network tells apart, where the file says.
        input_shape: height, width, channels, where the file says.
        network: all layers as recipes write them, where each is of a kind that is known here; then
            `layers` has one for each, those without a kernel among them.
    """

    format: str
    layers: tuple[FoundLayer, ...]
    framework: str | None = None
    notes: tuple[str, ...] = ()
    step: int | None = None
    step_unit: StepUnit = "update"
    class_names: tuple[str, ...] = ()
    input_shape: tuple[int, int, int] | None = None
    network: KnownNetwork | None = None
