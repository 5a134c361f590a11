"""Every kind of picture becomes the pixels that a person sees."""

import numpy as np
import pytest
from PIL import Image

from app.gathering.decoding import Fitting, decoded
from app.gathering.found import UnreadablePicture
from tests.gathering.samples import encoded, pixels

CROP = Fitting(32, "crop", "white")


@pytest.mark.parametrize("kind", ["PNG", "BMP"])
def test_what_is_kept_without_loss_stays_as_it_is(kind: str) -> None:
    assert (decoded(encoded(pixels(1), kind), CROP) == pixels(1)).all()


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "GIF"])
def test_what_is_kept_with_loss_stays_near_what_it_was(kind: str) -> None:
    smooth = np.add.outer(np.arange(32), np.arange(32))[..., None] * np.array([1, 2, 4])
    told = decoded(encoded(smooth.astype(np.uint8), kind), CROP)
    assert np.abs(told.astype(int) - smooth.astype(np.uint8)).mean() < 12


def test_a_picture_is_turned_as_its_camera_says() -> None:
    upright = pixels(2)
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held on its side
    lying = encoded(Image.fromarray(np.ascontiguousarray(np.rot90(upright))), exif=exif)
    assert (decoded(lying, CROP) == upright).all()


@pytest.mark.parametrize(("background", "shade"), [("white", 255), ("black", 0)])
def test_what_is_transparent_lies_on_the_background(background: str, shade: int) -> None:
    clear = np.concatenate([pixels(3), np.zeros((32, 32, 1), np.uint8)], axis=2)
    told = decoded(encoded(clear), CROP._replace(background=background))
    assert (told == shade).all()
    palette = Image.new("P", (32, 32))
    palette.putpalette([9, 9, 9] * 256)
    told = decoded(encoded(palette, transparency=0), CROP._replace(background=background))
    assert (told == shade).all()


def test_sixteen_bits_become_eight() -> None:
    many = np.linspace(0, 65535, 32 * 32).reshape(32, 32).astype(np.uint16)
    told = decoded(encoded(Image.fromarray(many)), CROP)
    assert told.shape == (32, 32, 1)
    assert np.abs(told[..., 0] - many / 257).max() <= 0.5


def test_inks_become_colours() -> None:
    cyan = Image.new("CMYK", (32, 32), (255, 0, 0, 0))
    red, green, blue = decoded(encoded(cyan, "JPEG"), CROP).mean(axis=(0, 1))
    assert red < 60 < 150 < min(green, blue)


def test_a_long_picture_is_cut_or_gets_a_border() -> None:
    wide = np.zeros((32, 64, 3), np.uint8)
    wide[:, :16] = 200
    assert not decoded(encoded(wide), CROP).any()
    padded = decoded(encoded(wide), CROP._replace(fit="pad"))
    assert (padded[0] == 255).all()
    assert (padded[31] == 255).all()
    assert (padded[15, 2] == 200).all()


def test_only_the_first_picture_of_a_film_is_taken() -> None:
    frames = [Image.new("L", (32, 32), shade) for shade in (10, 200)]
    film = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert (decoded(film, CROP) == 10).all()


def test_a_huge_picture_is_refused_by_its_header() -> None:
    with pytest.raises(UnreadablePicture, match="6,000 by 6,000 pixels; up to 25,000,000"):
        decoded(encoded(Image.new("1", (6000, 6000))), CROP)


@pytest.mark.parametrize("kind", ["TIFF", "PPM", "ICO", "TGA", "PCX", "DDS"])
def test_other_kinds_are_never_decoded(kind: str) -> None:
    with pytest.raises(UnreadablePicture, match="read"):
        decoded(encoded(pixels(4), kind), CROP)
