"""Pictures without paper: laid on white they are the ones with it, pixel by pixel."""

import io
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from app.export.material import ExportRequest, View
from app.export.see_through import PAPER_SHAPE
from app.export.sheet import Sheet
from tests.export.samples import film_of, material_of
from tests.export.samples import rendered as render

ROUNDING = 1  # of 255


def _seen_on(content: bytes, ground: str) -> NDArray[np.int16]:
    with Image.open(io.BytesIO(content)) as image:
        over = image.convert("RGBA")
    paper = Image.new("RGBA", over.size, ground)
    return np.asarray(Image.alpha_composite(paper, over).convert("RGB")).astype(np.int16)


@pytest.mark.parametrize("view", ["filters", "labels"])
def test_on_white_paper_a_transparent_picture_is_the_one_with_paper(view: View) -> None:
    material = material_of(film_of((5, 5, 1, 8)))
    wanted = ExportRequest("png", width=400, step=100 if view == "filters" else None, view=view)
    plain = render(material, wanted)
    clear = render(material, wanted._replace(background="transparent"))
    error = np.abs(_seen_on(clear, "white") - _seen_on(plain, "white"))
    assert error.max() <= ROUNDING
    with Image.open(io.BytesIO(clear)) as image:
        assert image.getpixel((1, 1))[3] == 0  # type: ignore[index]


def test_on_any_ground_weights_keep_their_colours_and_the_ground_shows_around_them() -> None:
    film = film_of((5, 5, 1, 8))
    material = material_of(film)
    wanted = ExportRequest("png", width=400, step=100, background="transparent")
    on_red = _seen_on(render(material, wanted), "red")
    plain = _seen_on(render(material, wanted._replace(background="white")), "red")
    for left, top, right, bottom in Sheet(material, film, "shared", 400).solid:
        there = on_red[top:bottom, left:right], plain[top:bottom, left:right]
        np.testing.assert_array_equal(*there)
    assert on_red[1, 1].tolist() == [255, 0, 0]


def test_a_transparent_drawing_has_all_but_the_paper() -> None:
    material = material_of(film_of((5, 5, 1, 8)))
    for wanted in (ExportRequest("svg", step=100), ExportRequest("svg", view="loss")):
        plain = render(material, wanted).decode()
        clear = render(material, wanted._replace(background="transparent")).decode()
        assert plain.count(PAPER_SHAPE) == 1
        assert clear == plain.replace(PAPER_SHAPE, "")
        assert ET.fromstring(clear).tag.endswith("svg")
