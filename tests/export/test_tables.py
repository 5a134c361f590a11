"""The numbers, read back as a reader would."""

import csv
import io
import json

import numpy as np
import pytest

from app.export.material import ExportRequest
from app.export.names import file_name
from app.inspection.refused import Refused
from tests.export.samples import STEPS, film_of, material_of
from tests.export.samples import rendered as render


def test_a_table_has_a_row_a_step_and_filter_counted_from_1() -> None:
    text = render(material_of(), ExportRequest("csv")).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["step"], row["filter"]) for row in rows[:9]] == [
        *(("0", str(number)) for number in range(1, 9)),
        ("1", "1"),
    ]
    assert len(rows) == 8 * len(STEPS)
    assert (rows[-1]["label"], rows[-1]["edge_r2"], rows[-1]["change"]) == ("edge", "0.5", "100.0")


def test_curves_are_the_other_table() -> None:
    assert (
        render(material_of(), ExportRequest("csv", table="curves")) == b"step,loss\n1,2.0\n2,1.0\n"
    )


def test_a_layer_without_verdicts_has_no_such_table() -> None:
    with pytest.raises(Refused, match="npz has its weights") as refused:
        render(material_of(film_of(judged=False)), ExportRequest("csv"))
    assert refused.value.field == "layer"


def test_npz_holds_every_weight_verdict_and_curve() -> None:
    film = film_of((5, 5, 1, 8))
    with np.load(io.BytesIO(render(material_of(film), ExportRequest("npz")))) as arrays:
        assert arrays["conv1/steps"].tolist() == list(STEPS)
        assert arrays["conv1/kernels"].shape == (len(STEPS), 5, 5, 1, 8)
        assert arrays["conv1/kernels"].dtype == np.float32
        assert arrays["conv1/kernels"][2].tobytes() == film.frames[2].kernel.data
        assert arrays["conv1/label"].shape == arrays["conv1/score"].shape == (len(STEPS), 8)
        assert arrays["conv1/template_r2"].shape == (len(STEPS), 8, 4)
        assert arrays["curves/loss"].tolist() == [2.0, 1.0]
        assert "curves/accuracy" not in arrays
        assert arrays["evaluations/step"].tolist() == [0, 100]
        assert json.loads(str(arrays["recipe"]))["seed"] == 0
        assert json.loads(str(arrays["described"]))["seed"] == 0


@pytest.mark.parametrize(
    ("changes", "layer", "wanted", "name"),
    [
        ({}, None, ExportRequest("gif"), "filterscope-mnist-strokes-seed-0.gif"),
        (
            {},
            "conv2",
            ExportRequest("png", step=30),
            "filterscope-mnist-strokes-seed-0-conv2-step-30.png",
        ),
        (
            {},
            None,
            ExportRequest("csv", table="curves"),
            "filterscope-mnist-strokes-seed-0-curves.csv",
        ),
        (
            {"preset": None, "name": "Mäh! 3×3"},
            None,
            ExportRequest("npz"),
            "filterscope-mah-3-3-seed-0.npz",
        ),
        (
            {"preset": None, "name": '"; x=/etc'},
            None,
            ExportRequest("gif"),
            "filterscope-x-etc-seed-0.gif",
        ),
        ({"preset": None, "name": "лес"}, None, ExportRequest("gif"), "filterscope-run-seed-0.gif"),
        (
            {"controls": ("shuffled pixels",), "seed": 7},
            None,
            ExportRequest("webp"),
            "filterscope-mnist-strokes-shuffled-pixels-seed-7.webp",
        ),
    ],
)
def test_a_download_is_named_for_what_it_is(
    changes: dict[str, object], layer: str | None, wanted: ExportRequest, name: str
) -> None:
    material = material_of(**changes)
    assert file_name(material.described, material.run["preset"], layer, wanted) == name
