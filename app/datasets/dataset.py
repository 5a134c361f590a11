"""A data set as training sees it: scaled batches, with the controls applied."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..vocabulary.datasets import DatasetInfo
from .controls import shuffle_pixels
from .images import Images, Pixels
from .mnist import Split
from .scaling import Floats, Scaling

Labels = NDArray[np.int64]

_KEPT_BYTES = 1024**3  # of a split that is dear to scale; a larger one is scaled anew each time


@dataclass(frozen=True, slots=True)
class Part:
    """One split: its images, their true labels, and the labels it is given out with."""

    images: Images
    true_labels: Labels
    labels: Labels


class Dataset:
    """Images and labels of a training and a test set; `app.datasets.load` makes one."""

    def __init__(
        self,
        info: DatasetInfo,
        parts: dict[Split, Part],
        scaling: Scaling,
        pixel_order: NDArray[np.intp] | None = None,
    ) -> None:
        self.info = info
        self._parts = parts
        self._scaling = scaling
        self._pixel_order = pixel_order
        self._kept: dict[Split, Floats] = {}

    @property
    def scaling(self) -> Scaling:
        """From pixels of 0 to 255 to what a network sees."""
        return self._scaling

    @property
    def pixel_order(self) -> NDArray[np.intp] | None:
        """The old pixel that lies at each place, (height · width,); None in natural order."""
        return self._pixel_order

    @property
    def train_size(self) -> int:
        """How many training images there are."""
        return self.info.train_size

    @property
    def test_size(self) -> int:
        """How many test images there are."""
        return self.info.test_size

    def batch(self, indices: NDArray[np.intp], out: Floats | None = None) -> tuple[Floats, Labels]:
        """Returns the training images at `indices`, (batch,), in that order.

        Args:
            out: float32 ndarray of shape (batch, height, width, channels) to write into.

        Returns:
            Scaled images, float32 (batch, height, width, channels), and labels, int64 (batch,).
        """
        return self._scaled("train", indices, out)

    def test(self, start: int, stop: int, out: Floats | None = None) -> tuple[Floats, Labels]:
        """Returns the test images from `start` up to `stop`, as `batch` gives the training images.

        Their labels are the true ones even when the training labels are random: what such a
        network learned is to be held against the truth, where guessing gives one in ten.
        """
        return self._scaled("test", self._range("test", start, stop - start), out)

    def sample(
        self, split: Split, start: int, count: int, *, as_seen: bool = False
    ) -> tuple[Pixels, Labels]:
        """Returns natural images to look at and their true labels, whatever control is on.

        Fewer than `count` come back at the end of the split. With `as_seen` the pixels lie as the
        network sees them: shuffled, if that control is on.

        Returns:
            uint8 ndarray (count, height, width, channels) and int64 ndarray (count,).

        Raises:
            ValueError: `start` or `count` is negative.
        """
        indices = self._range(split, start, count)
        part = self._parts[split]
        return self._pixels(part, indices, as_seen), part.true_labels[indices]

    def as_seen(self, images: NDArray[Any]) -> Floats:
        """Gives natural images, pixels from 0 to 255, as the network sees them: shuffled and
        scaled.

        Args:
            images: uint8 or float32 ndarray (count, height, width, channels).
        """
        if self._pixel_order is not None:
            images = shuffle_pixels(images, self._pixel_order)
        return self._scaling.apply(images, None)

    def _scaled(
        self, split: Split, indices: NDArray[np.intp], out: Floats | None
    ) -> tuple[Floats, Labels]:
        part = self._parts[split]
        floats = 4 * len(part.labels) * math.prod(self.info.shape)
        labels = part.labels[indices]
        if self._scaling.is_dear and floats <= _KEPT_BYTES:
            # All are there, for the labels were; any other mode than "wrap" writes out twice.
            return self._all_scaled(split).take(indices, axis=0, out=out, mode="wrap"), labels
        pixels = self._pixels(part, indices, as_seen=True)
        return self._scaling.apply(pixels, out), labels

    def _all_scaled(self, split: Split) -> Floats:
        if split not in self._kept:
            part = self._parts[split]
            everything = np.arange(len(part.labels), dtype=np.intp)
            self._kept[split] = self._scaling.apply(self._pixels(part, everything, True), None)
        return self._kept[split]

    def _pixels(self, part: Part, indices: NDArray[np.intp], as_seen: bool) -> Pixels:
        pixels = part.images.take(indices)
        if as_seen and self._pixel_order is not None:
            return shuffle_pixels(pixels, self._pixel_order)
        return pixels

    def _range(self, split: Split, start: int, count: int) -> NDArray[np.intp]:
        if start < 0 or count < 0:
            raise ValueError(f"start {start} and count {count} must not be negative")
        size = len(self._parts[split].labels)
        return np.arange(min(start, size), min(start + count, size), dtype=np.intp)
