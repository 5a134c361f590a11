"""A run to take home, over the interface."""

import csv
import io

import httpx
import numpy as np
import pytest
from PIL import Image

from app.web import export
from tests.store.samples import started
from tests.web.scripted import ScriptedServer

EXPORT = "/api/runs/run/export"
TYPES = {
    "gif": "image/gif",
    "png": "image/png",
    "webp": "image/webp",
    "svg": "image/svg+xml",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "npz": "application/zip",
}


@pytest.mark.parametrize("kind", TYPES)
def test_each_format_is_a_file_with_its_type_and_name(asker: httpx.Client, kind: str) -> None:
    answer = asker.get(EXPORT, params={"format": kind})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == TYPES[kind]
    ends = {"csv": "-filters.csv", "svg": "-step-2.svg"}
    name = f"filterscope-mnist-strokes-seed-0{ends.get(kind, f'.{kind}')}"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'


def test_pictures_are_as_wide_as_asked_and_films_as_long(asker: httpx.Client) -> None:
    for kind in ("gif", "png", "webp"):
        query = {"format": kind, "width": "400", "frames": "2"}
        image = Image.open(io.BytesIO(asker.get(EXPORT, params=query).content))
        assert image.size[0] == 400
        assert getattr(image, "n_frames", 1) == 2
        still = asker.get(EXPORT, params={"format": kind, "step": "first"})
        assert "-step-0." in still.headers["content-disposition"]
        assert getattr(Image.open(io.BytesIO(still.content)), "n_frames", 1) == 1


@pytest.mark.parametrize("view", ["labels", "accuracy", "loss"])
def test_each_chart_is_a_file_of_its_own_name_wide_enough_for_a_slide(
    asker: httpx.Client, view: str
) -> None:
    for kind in ("svg", "png"):
        answer = asker.get(EXPORT, params={"format": kind, "view": view})
        name = f"filterscope-mnist-strokes-seed-0-{view}.{kind}"
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert Image.open(io.BytesIO(answer.content)).size == (1120, 630)


def test_npz_has_all_layers_unless_one_is_named(asker: httpx.Client) -> None:
    for query, layers in (({}, {"conv1", "conv2"}), ({"layer": "conv2"}, {"conv2"})):
        content = asker.get(EXPORT, params={"format": "npz", **query}).content
        with np.load(io.BytesIO(content)) as arrays:
            named = {key.split("/")[0] for key in arrays}
            assert named - {"curves", "described", "evaluations", "recipe"} == layers


def test_curves_are_the_table_that_metrics_gives(asker: httpx.Client) -> None:
    table = asker.get(EXPORT, params={"format": "csv", "table": "curves"}).text
    assert table == asker.get("/api/runs/run/metrics", params={"format": "csv"}).text


@pytest.mark.parametrize("table", ["filters", "curves"])
@pytest.mark.parametrize(("sep", "delimiter"), [(None, ";"), (";", ";"), ("tab", "\t")])
def test_spreadsheets_set_to_a_comma_read_the_same_numbers(
    asker: httpx.Client, table: str, sep: str | None, delimiter: str
) -> None:
    asked = {"format": "csv", "table": table}
    plain = list(csv.reader(asker.get(EXPORT, params=asked).text.splitlines()))
    said = asked | {"decimal": "comma"} | ({"sep": sep} if sep else {})
    text = asker.get(EXPORT, params=said).text
    assert any("." in cell for row in plain for cell in row)
    assert "." not in text
    rows = list(csv.reader(text.splitlines(), delimiter=delimiter))
    assert [[_read_with_comma(cell) for cell in row] for row in rows] == [
        [_read(cell) for cell in row] for row in plain
    ]


def _read(cell: str) -> float | str:
    try:
        return float(cell)
    except ValueError:
        return cell


def _read_with_comma(cell: str) -> float | str:
    """As a spreadsheet does whose decimals have a comma; a point there would make a date of it."""
    return _read(cell.replace(",", "."))


def test_a_comma_can_t_be_both_signs_and_the_refusal_says_what_can(asker: httpx.Client) -> None:
    answer = asker.get(EXPORT, params={"format": "csv", "decimal": "comma", "sep": ","})
    assert answer.json()["error"]["message"] == (
        "With decimal=comma, sep is , too, so columns couldn't be told apart; "
        "ask for sep=; or sep=tab."
    )


def test_what_is_meant_anyway_may_be_said_of_any_format(asker: httpx.Client) -> None:
    usual = {"scale": "shared", "frames": "80", "seconds": "8.0", "view": "filters"}
    said = asker.get(EXPORT, params={"format": "csv", "table": "curves", **usual})
    assert said.text == asker.get(EXPORT, params={"format": "csv", "table": "curves"}).text
    assert asker.get(EXPORT, params={"format": "csv", "scale": "own"}).status_code == 422


@pytest.mark.parametrize(
    ("query", "status", "code", "field"),
    [
        ("", 422, "invalid", "format"),
        ("format=bmp", 422, "invalid", "format"),
        ("format=gif&layer=conv9", 404, "no_layer", "layer"),
        ("format=gif&width=100", 422, "invalid", "width"),
        ("format=gif&width=1e9", 422, "invalid", "width"),
        ("format=gif&scale=wide", 422, "invalid", "scale"),
        ("format=gif&frames=1", 422, "invalid", "frames"),
        ("format=gif&seconds=nan", 422, "invalid", "seconds"),
        ("format=gif&seconds=inf", 422, "invalid", "seconds"),
        ("format=png&step=9", 404, "no_snapshot", "step"),
        ("format=png&step=last", 422, "invalid", "step"),
        ("format=html&step=1", 422, "invalid", "step"),
        ("format=html&layer=conv1", 422, "invalid", "layer"),
        ("format=npz&width=400", 422, "invalid", "width"),
        ("format=svg&frames=3", 422, "invalid", "frames"),
        ("format=gif&table=curves", 422, "invalid", "table"),
        ("format=csv&table=rows", 422, "invalid", "table"),
        ("format=csv&layer=conv2", 422, "invalid", "layer"),
        ("format=svg&view=everything", 422, "invalid", "view"),
        ("format=gif&view=labels", 422, "invalid", "format"),
        ("format=csv&view=labels", 422, "invalid", "view"),
        ("format=png&view=loss&step=latest", 422, "invalid", "step"),
        ("format=svg&view=labels&layer=conv2", 422, "invalid", "layer"),
        ("format=svg&view=loss&scale=own", 422, "invalid", "scale"),
        ("format=csv&decimal=comma&sep=,", 422, "invalid", "sep"),
        ("format=png&background=transparent", 422, "invalid", "background"),
        ("format=gif&step=latest&background=transparent", 422, "invalid", "background"),
        ("format=svg&background=paper", 422, "invalid", "background"),
        ("format=csv&sep=|", 422, "invalid", "sep"),
        ("format=png&decimal=comma", 422, "invalid", "decimal"),
    ],
)
def test_what_cannot_be_made_is_refused_in_the_one_envelope(
    asker: httpx.Client, query: str, status: int, code: str, field: str
) -> None:
    answer = asker.get(f"{EXPORT}?{query}")
    assert answer.status_code == status
    error = answer.json()["error"]
    assert (error["code"], error["field"]) == (code, field)
    assert error["message"].endswith(".")
    assert "attachment" not in answer.headers.get("content-disposition", "")


def test_a_run_without_a_snapshot_or_that_is_not_there_has_nothing_to_take(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run", started())
    for path, code in ((EXPORT, "no_snapshot"), ("/api/runs/none/export", "run_unknown")):
        answer = client.get(path, params={"format": "gif"})
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == code


def test_what_one_has_is_not_made_again(asker: httpx.Client) -> None:
    query = {"format": "png", "step": "latest"}
    first = asker.get(EXPORT, params=query)
    assert first.headers["cache-control"] == "private, no-cache"
    for held in (first.headers["etag"], f'"other", W/{first.headers["etag"]}'):
        again = asker.get(EXPORT, params=query, headers={"If-None-Match": held})
        assert (again.status_code, again.content) == (304, b"")
    other = asker.get(EXPORT, params=query | {"width": "400"})
    assert other.headers["etag"] != first.headers["etag"]


def test_who_comes_when_too_many_wait_is_told_to_come_again(
    asker: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "_MOST_WAITING", 0)
    answer = asker.get(EXPORT, params={"format": "gif"})
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "too_many_exports"
    assert int(answer.headers["retry-after"]) > 0
