"""The image that a question is about: one of the data set's, numbers, or a PNG."""

import io
import warnings
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..datasets import Dataset
from .arrays import bytes_of, numbers_of
from .refused import Refused


class Picture(NamedTuple):
    """Pixels from 0 to 255, float32 (height, width, channels), and the label if it is known."""

    pixels: NDArray[np.float32]
    label: int | None


def picture_of(question: dict[str, Any], dataset: Dataset) -> Picture:
    """Returns the image that `question` names by `index` and `split`, or holds as `image` or `png`.

    Raises:
        Refused: there is no such image, or it isn't of the size the network was trained on.
    """
    if question["index"] is not None:
        return _sample(question["index"], question["split"], dataset)
    if question["png"] is not None:
        return Picture(_png(bytes_of(question["png"], "png"), dataset.info.shape), None)
    return Picture(_given(question["image"], dataset.info.shape), None)


def _sample(index: int, split: Any, dataset: Dataset) -> Picture:
    images, labels = dataset.sample(split, index, 1)
    if len(images) == 0:
        size = dataset.test_size if split == "test" else dataset.train_size
        message = f"the {split} set has {size:,} images, counted from 0; there is no {index:,}"
        raise Refused(message, "index", size - 1)
    label = int(labels[0]) if dataset.info.class_names else None
    return Picture(images[0].astype(np.float32), label)


def _given(image: Any, shape: tuple[int, int, int]) -> NDArray[np.float32]:
    pixels = numbers_of(image, "image")
    if pixels.ndim == 2:
        pixels = pixels[..., None]
    if pixels.shape != shape:
        raise Refused(f"image has the shape {pixels.shape}; this network takes {shape}", "image")
    if pixels.min() < 0 or pixels.max() > 255:
        raise Refused("the pixels of image must lie between 0 and 255", "image", 255)
    return pixels.astype(np.float32)


def _png(data: bytes, shape: tuple[int, int, int]) -> NDArray[np.float32]:
    from PIL import Image

    height, width, channels = shape
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damaged colour profiles and the like
            with Image.open(io.BytesIO(data), formats=["PNG"]) as opened:
                _check_size(opened.size, (width, height))  # before anything is unpacked
                pixels = np.asarray(opened.convert("L" if channels == 1 else "RGB"))
    except Refused:
        raise
    except Exception:  # a damaged file can make Pillow raise almost anything
        raise Refused("png is no PNG image that can be read", "png") from None
    return pixels.reshape(shape).astype(np.float32)


def _check_size(there: tuple[int, int], wanted: tuple[int, int]) -> None:
    if there != wanted:
        sizes = [f"{width}×{height}" for width, height in (there, wanted)]
        raise Refused(f"the PNG is {sizes[0]} pixels; this network takes {sizes[1]}", "png")
