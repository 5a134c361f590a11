"""GIF films put together by hand, read back with another program's decoder."""

import io
from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image

from app.export.few_colours import FewColours
from app.export.gif import Indexed, gif
from app.export.material import Film
from app.export.sheet import Sheet
from tests.export.samples import HeldFrame, film_of, kernel_of, material_of, verdicts

RNG = np.random.default_rng(5)
ONE, OTHER = (RNG.integers(0, 255, (colours, 3), np.uint8) for colours in (256, 40))


def read_back(pictures: Sequence[Indexed]) -> list[np.ndarray]:
    file = io.BytesIO()
    gif(file, iter(pictures), [100] * len(pictures))
    image, frames = Image.open(file), []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        frames.append(np.array(image.convert("RGB")))
    return frames


def changed(places: np.ndarray, *changes: tuple[int, int]) -> np.ndarray:
    copied = places.copy()
    for row, column in changes:
        copied[row, column] += 1
    return copied


@pytest.mark.parametrize("size", [(1, 1), (2, 40), (300, 301)], ids=str)
def test_every_pixel_comes_back_whatever_changed_between(size: tuple[int, int]) -> None:
    places = RNG.integers(0, 38, size, np.uint8)
    last = size[0] - 1, size[1] - 1
    told = [
        *((places, ONE), (changed(places, last), ONE), (changed(places, (0, 0), last), ONE)),
        *((changed(places, (0, 0), last), ONE), (places, OTHER), (changed(places, last), OTHER)),
        (places[::-1].copy(), ONE),
    ]
    read = read_back([Indexed(where, palette.tobytes()) for where, palette in told])
    for there, (where, palette) in zip(read, told, strict=True):
        np.testing.assert_array_equal(there, palette[where])


def tile_of(sheet: Sheet, number: int) -> tuple[slice, slice]:
    left, top = sheet.fit.place(number)
    return np.s_[top : top + sheet.fit.tile_height, left : left + sheet.fit.tile_width]


@pytest.mark.parametrize("shape", [(9, 9, 3, 16), (9, 9, 1, 16)], ids=str)
def test_a_weight_that_stays_keeps_its_colour(shape: tuple[int, ...]) -> None:
    count = shape[3]
    kernels = [kernel_of(step, shape) for step in (1, 2, 1)]
    frames = [HeldFrame(at, verdicts(at, count), one) for at, one in enumerate(kernels)]
    film = Film("conv1", tuple(frames))
    sheet = Sheet(material_of(film), film, "shared", 400)
    few = FewColours(sheet, film.frames)
    first, _, last = (few.picture(frame) for frame in film.frames)
    tile = tile_of(sheet, 3)
    assert first.palette == last.palette
    np.testing.assert_array_equal(first.places[tile], last.places[tile])


def drawn_colours(picture: Indexed) -> np.ndarray:
    return np.frombuffer(picture.palette, np.uint8).reshape(-1, 3)[picture.places]


@pytest.mark.parametrize("channels", [1, 3])
def test_a_weight_keeps_its_colour_from_a_frame_of_few_colours_to_one_of_many(
    channels: int,
) -> None:
    shape = (9, 9, channels, 16)
    many = kernel_of(1, shape)
    weights = np.frombuffer(many.data, "<f4").reshape(shape)
    few = np.where(np.arange(16) == 3, weights, 0).astype("<f4")
    kernels = (many._replace(data=few.tobytes()), many)
    frames = [HeldFrame(at, verdicts(at, 16), one) for at, one in enumerate(kernels)]
    film = Film("conv1", tuple(frames))
    sheet = Sheet(material_of(film), film, "shared", 400)
    turned = FewColours(sheet, film.frames)
    first, last = (drawn_colours(turned.picture(frame)) for frame in film.frames)
    tile = tile_of(sheet, 3)
    np.testing.assert_array_equal(first[tile], last[tile])


@pytest.mark.parametrize("channels", [1, 3])
def test_a_film_of_few_colours_has_them_exactly(channels: int) -> None:
    film = film_of((5, 5, channels, 5))
    sheet = Sheet(material_of(film), film, "shared", 400)
    turned = FewColours(sheet, film.frames)
    for frame in film.frames:
        tile = tile_of(sheet, 4)
        drawn = drawn_colours(turned.picture(frame))
        np.testing.assert_array_equal(drawn[tile], np.array(sheet.picture(frame))[tile])


def test_weights_on_the_signed_scale_are_off_by_little() -> None:
    film = film_of((9, 9, 1, 16))
    sheet = Sheet(material_of(film), film, "shared", 400)
    few = FewColours(sheet, film.frames)
    for frame in film.frames:
        picture = few.picture(frame)
        drawn = np.frombuffer(picture.palette, np.uint8).reshape(-1, 3)[picture.places]
        exact = np.array(sheet.picture(frame))
        for tile in (tile_of(sheet, 0), tile_of(sheet, 15)):
            assert np.abs(drawn[tile].astype(int) - exact[tile]).max() <= 4
