"""The patches of real images that drive a unit most: what it answers to, literally."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .fields import ReceptiveField

Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class TopPatches:
    """The strongest answers of each filter, strongest first, at most one of each image.

    All have shape (filters, patches): `image` counts from the first image seen, `row` and
    `column` are the unit's place in its layer, `activation` is float32.
    """

    image: Indices
    row: Indices
    column: Indices
    activation: NDArray[np.float32]


def find_top_patches(answers: Iterable[NDArray[np.float32]], patches: int = 9) -> TopPatches:
    """Looks through activations for each filter's strongest, one image having one say.

    Of equal answers the earlier image's and the upper left one's count.

    Args:
        answers: batches of activations (images, rows, columns, filters), as `Trunk.answers`
            gives them; each is done with before the next is asked for.
        patches: how many to keep, fewer if there are fewer images.

    Raises:
        ValueError: there is no image.
    """
    strongest, places, columns = [], [], 0
    for batch in answers:
        columns = batch.shape[2]
        by_place = batch.reshape(len(batch), -1, batch.shape[3])
        places.append(by_place.argmax(axis=1))
        strongest.append(by_place.max(axis=1))
    if not strongest:
        raise ValueError("no images: there is nothing to find a patch in")
    activation, place = np.concatenate(strongest), np.concatenate(places)
    image = np.argsort(-activation, axis=0, kind="stable")[:patches]
    place = np.take_along_axis(place, image, axis=0).T
    return TopPatches(
        image=image.T,
        row=place // columns,
        column=place % columns,
        activation=np.take_along_axis(activation, image, axis=0).T,
    )


def cut_patch(
    image: NDArray[np.uint8], field: ReceptiveField, row: int, column: int, fill: int = 128
) -> NDArray[np.uint8]:
    """Returns what the unit at (row, column) of its layer sees of an image.

    Args:
        image: uint8 (height, width, channels).
        fill: stands for what lies outside the image, where `same` pads.

    Returns:
        uint8 ndarray (size, size, channels) of the field's size.
    """
    height, width, channels = image.shape
    top, left = field.corner(row, column)
    patch = np.full((field.size, field.size, channels), fill, np.uint8)
    rows = slice(max(top, 0), min(top + field.size, height))
    columns = slice(max(left, 0), min(left + field.size, width))
    patch[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left] = image[
        rows, columns
    ]
    return patch
