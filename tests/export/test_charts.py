"""Charts to take home: one description, the same picture as SVG and as PNG."""

import io
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from app.export.charts import chart
from app.export.charts.axes import spread
from app.export.charts.bands import BANDS, stacked
from app.export.charts.curves import decimated
from app.export.colours import rgb
from app.export.material import ExportRequest, Material, View
from app.inspection.refused import Refused
from app.stretched import share_along
from tests.export.samples import STEPS, film_of, material_of
from tests.export.samples import rendered as render

VIEWS: tuple[View, ...] = ("labels", "accuracy", "loss")
TRIED = {"step": [0, 10, 100], "validation_loss": [2.3, 1.0, 0.4]}


def told(accuracy: list[float] | None) -> Material:
    right = [0.1, 0.5, 0.9] if accuracy else None
    curves = {
        "step": [1, 2, 100],
        "loss": [2.0, 1.0, 0.5],
        "accuracy": accuracy,
        "evaluations": TRIED | {"validation_accuracy": right},
    }
    return material_of()._replace(curves=curves)


MATERIAL = told([0.1, 0.2, 0.8])


def svg_of(view: View) -> ET.Element:
    return ET.fromstring(render(MATERIAL, ExportRequest("svg", view=view, width=1120)))


def texts_of(root: ET.Element) -> list[str]:
    return [text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("view", VIEWS)
def test_a_chart_says_what_it_is_where_it_is_from_and_names_all_it_shows(view: View) -> None:
    said = texts_of(svg_of(view))
    names = {
        "labels": (
            "What the filters are",
            "25 % edge",
            "13 % dead",
            "Share of the 8 filters, in %",
        ),
        "accuracy": ("Right answers", "new pictures 90 %", "training 80 %", "guessing 10 %"),
        "loss": ("Error", "new pictures 0.40", "training 0.50"),
    }
    assert {*names[view], "Strokes, seed 0", "step 100", "0", "10", "100"} <= set(said)
    assert any("log(1 + step/5)" in text for text in said)
    assert (view == "labels") == ("noise" in " ".join(said))


@pytest.mark.parametrize("view", VIEWS)
def test_an_svg_asks_for_nothing_from_elsewhere_and_keeps_its_words_inside(view: View) -> None:
    content = render(MATERIAL, ExportRequest("svg", view=view, width=640)).decode()
    assert not re.search(r"href|url\(|<style|<script|@import", content)
    for text in ET.fromstring(content).iter("{http://www.w3.org/2000/svg}text"):
        assert 0 <= float(text.get("x", -1)) <= 640
        assert 0 <= float(text.get("y", -1)) <= 360


@pytest.mark.parametrize("view", VIEWS)
def test_both_formats_are_one_drawing_of_the_width_asked_for(view: View) -> None:
    picture = Image.open(io.BytesIO(render(MATERIAL, ExportRequest("png", view=view, width=800))))
    assert picture.size == (800, 450)
    drawing = chart(MATERIAL, ExportRequest("svg", view=view, width=800))
    pixels = np.asarray(picture)
    area = next((shape for shape in drawing.shapes if len(shape.points) > 2), None)
    assert area is not None
    assert (pixels == rgb(area.colour)).all(axis=2).any()


def test_bands_stack_to_one_whole_in_the_order_of_the_page() -> None:
    bands = stacked(film_of().frames)
    assert [band.label for band in bands] == list(BANDS)
    assert bands[-1].roof == pytest.approx((1,) * len(STEPS))
    for below, band in pairwise(bands):
        assert band.floor == below.roof


def test_places_in_the_chart_follow_the_pages_time_axis() -> None:
    (left, _), (middle, _), (right, _) = svg_points(svg_of("loss"))  # steps 0, 10 and 100
    assert middle == pytest.approx(left + share_along(10, 100) * (right - left), abs=0.2)


def svg_points(root: ET.Element) -> list[tuple[float, float]]:
    """Points of the thick curve, that of new pictures."""
    paths = [path for path in root.iter() if path.tag.endswith("path")]
    thick = next(path for path in paths if path.get("stroke-width") == "3.85")
    numbers = [float(number) for number in re.findall(r"[\d.]+", thick.get("d", ""))]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_a_run_that_names_nothing_has_no_right_answers_to_draw() -> None:
    with pytest.raises(Refused) as refused:
        render(told(None), ExportRequest("svg", view="accuracy"))
    assert refused.value.field == "view"


def test_the_last_batch_alone_does_not_bend_the_end_of_a_curve() -> None:
    steps = list(range(1, 1001))
    noisy = decimated(steps, [0.5] * 999 + [0.0])
    assert noisy.steps[-1] == 1000
    assert noisy.values[-1] > 0.4


def test_names_that_would_cover_each_other_are_moved_apart_and_no_further() -> None:
    assert spread([0.0, 1.0, 50.0], 10) == [-4.5, 5.5, 50.0]
    assert spread([0.0, 5.0, 9.0], 10) == pytest.approx([-16 / 3, 14 / 3, 44 / 3])
    assert spread([], 10) == []
