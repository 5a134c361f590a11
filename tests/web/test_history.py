"""What a run leaves behind, over the interface."""

import base64
import csv
import io
import json
from pathlib import Path

import httpx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import events
from app.events import StoredArray, encode
from app.inspection.npz import write_npz
from app.verdicts import VERDICTS
from app.web import curves, history
from app.web.answers.history import FilmAnswer, MetricsAnswer, SnapshotAnswer, TypedArray
from tests.store.samples import evaluated, snapshot, started, steps
from tests.web.scripted import ScriptedServer
from tests.web.trained import train

TOLD = (
    *(started(), snapshot(0), evaluated(0)),
    *(steps(1), snapshot(1), steps(2, 3), snapshot(3), evaluated(3)),
)


def _numbers(array: TypedArray) -> np.ndarray:
    shape = [int(length) for length in array.shape.split(",")]
    return np.frombuffer(base64.b64decode(array.bdata), array.dtype).reshape(shape)


@pytest.fixture
def told(scripted: ScriptedServer, client: httpx.Client) -> httpx.Client:
    scripted.create("run", *TOLD)
    return client


def test_metrics_are_lists_of_one_length_with_the_evaluations_beside(told: httpx.Client) -> None:
    metrics = MetricsAnswer.model_validate(told.get("/api/runs/run/metrics").json())
    assert metrics.step == [1, 2, 3]
    assert metrics.loss == [1.0, 0.5, pytest.approx(1 / 3)]
    assert metrics.accuracy is not None
    assert len(metrics.accuracy) == len(metrics.learning_rate) == 3
    assert metrics.evaluations.step == [0, 3]
    assert metrics.evaluations.validation_accuracy == [0.875, 0.875]


def test_a_run_that_names_nothing_has_no_accuracy_anywhere(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    told = (
        events.Steps(step=[1, 2], loss=[3.0, 2.0], learning_rate=[0.01, 0.01]),
        events.Evaluated(step=2, validation_loss=2.5, samples=9),
    )
    scripted.create("run", *(encode(event, 2) for event in told))
    metrics = client.get("/api/runs/run/metrics").json()
    assert (metrics["loss"], metrics["accuracy"]) == ([3.0, 2.0], None)
    assert metrics["evaluations"] == {
        "step": [2],
        "validation_loss": [2.5],
        "validation_accuracy": None,
    }
    table = client.get("/api/runs/run/metrics", params={"format": "csv"}).text
    assert table.splitlines()[1:] == ["1,3.0,,0.01,,", "2,2.0,,0.01,2.5,"]
    newest = client.get("/api/runs/run").json()["metrics"]
    assert newest == {
        "loss": 2.0,
        "accuracy": None,
        "validation_loss": 2.5,
        "validation_accuracy": None,
    }


def test_metrics_after_a_step_begin_with_the_next_even_inside_an_event(told: httpx.Client) -> None:
    metrics = told.get("/api/runs/run/metrics", params={"after_step": 2}).json()
    assert metrics["step"] == [3]
    assert metrics["evaluations"]["step"] == [3]


def test_metrics_as_csv_have_a_row_a_step(told: httpx.Client) -> None:
    answer = told.get("/api/runs/run/metrics", params={"format": "csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["step"] for row in rows] == ["0", "1", "2", "3"]
    assert (rows[0]["loss"], rows[0]["validation_loss"]) == ("", "0.5")
    assert (rows[3]["learning_rate"], rows[3]["validation_accuracy"]) == ("0.01", "0.875")


def test_the_list_of_snapshots_names_layers_and_steps(told: httpx.Client) -> None:
    assert told.get("/api/runs/run/snapshots").json() == {"layers": ["conv1"], "steps": [0, 1, 3]}


@pytest.mark.parametrize(("asked", "step"), [("first", 0), ("latest", 3), ("1", 1), ("01", 1)])
def test_a_snapshot_has_kernel_bias_and_verdicts(told: httpx.Client, asked: str, step: int) -> None:
    answer = SnapshotAnswer.model_validate(told.get(f"/api/runs/run/snapshots/{asked}").json())
    assert (answer.step, answer.layer, answer.label) == (step, "conv1", ["edge"])
    assert answer.bias is not None
    assert _numbers(answer.kernel).ravel().tolist() == [step, -step]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("snapshots/2", 404, "no_snapshot"),
        ("snapshots/last", 422, "invalid"),
        ("snapshots/-1", 422, "invalid"),
        ("snapshots/1.0", 422, "invalid"),
        (f"snapshots/{'9' * 400}", 422, "invalid"),
        ("snapshots/1?layer=conv7", 404, "no_layer"),
        ("snapshots/1?format=hdf5", 422, "invalid"),
        ("film?layer=dense1", 404, "no_layer"),
        (f"film?layer={'x' * 1000}", 422, "invalid"),
        ("metrics?after_step=1e999", 422, "invalid"),
        ("metrics?after_step=99999999999999999999999", 422, "invalid"),
        ("metrics?format=xml", 422, "invalid"),
    ],
)
def test_what_is_not_there_is_refused(
    told: httpx.Client, path: str, status: int, code: str
) -> None:
    answer = told.get(f"/api/runs/run/{path}")
    assert answer.status_code == status
    assert answer.json()["error"]["code"] == code


def test_a_step_without_snapshot_is_told_the_nearest_that_has_one(told: httpx.Client) -> None:
    error = told.get("/api/runs/run/snapshots/9").json()["error"]
    assert error["limit"] == 3


def test_npz_holds_every_layer_under_its_name(told: httpx.Client) -> None:
    answer = told.get("/api/runs/run/snapshots/3", params={"format": "npz"})
    assert answer.headers["content-type"] == "application/zip"
    with np.load(io.BytesIO(answer.content)) as arrays:
        assert set(arrays) == {"conv1/kernel", "conv1/bias", "conv2/kernel"}
        assert arrays["conv1/kernel"].dtype == np.float32
        assert arrays["conv1/kernel"].ravel().tolist() == [3, -3]


@given(shape=st.lists(st.integers(0, 300), max_size=5).filter(lambda s: np.prod(s) < 5000))
def test_numpy_reads_archives_of_any_shape(shape: list[int]) -> None:
    numbers = np.arange(np.prod(shape), dtype="<f4").reshape(shape)
    packed = io.BytesIO()
    write_npz(packed, [StoredArray("a/b", tuple(shape), numbers.tobytes())])
    packed.seek(0)
    with np.load(packed) as arrays:
        np.testing.assert_array_equal(arrays["a/b"], numbers)


def test_a_film_has_a_frame_a_snapshot_with_its_verdicts(told: httpx.Client) -> None:
    film = FilmAnswer.model_validate(told.get("/api/runs/run/film").json())
    assert (film.layer, film.steps) == ("conv1", [0, 1, 3])
    assert film.kernels.shape == "3, 2, 1, 1, 1"
    assert _numbers(film.kernels)[:, 0].ravel().tolist() == film.steps
    assert film.label == [["edge"]] * 3
    assert film.change == [[0.0], [1.0], [3.0]]
    assert film.counts == [{"edge": 1}] * 3


def test_a_film_tells_every_verdict_of_its_snapshots(
    scripted: ScriptedServer, client: httpx.Client, tmp_path: Path
) -> None:
    train(scripted, tmp_path, "small", preset="keras-mnist")
    film = client.get("/api/runs/small/film").json()
    for name in VERDICTS:
        snapshots = [client.get(f"/api/runs/small/snapshots/{step}").json() for step in (0, 1, 2)]
        assert film[name] == [snapshot[name] for snapshot in snapshots]
    assert len(film["plane_p"][0]) == 32


def test_a_film_too_long_for_one_answer_is_thinned(
    told: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "FILM_BYTES", 2 * 8)
    assert told.get("/api/runs/run/film").json()["steps"] == [0, 3]


def test_a_run_that_has_not_begun_has_an_empty_history(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run")
    assert client.get("/api/runs/run/metrics").json()["step"] == []
    assert client.get("/api/runs/run/snapshots").json()["steps"] == []
    assert client.get("/api/runs/run/film").json()["steps"] == []
    assert client.get("/api/runs/run/snapshots/latest").status_code == 404


def test_no_answer_holds_a_number_that_json_does_not_know(told: httpx.Client) -> None:
    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    for path in ("metrics", "film", "snapshots/latest"):
        json.loads(told.get(f"/api/runs/run/{path}").text, parse_constant=refuse)


def test_a_long_curve_can_be_had_thinned_and_its_table_whole(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run", started(), *(steps(*range(at, at + 50)) for at in range(1, 5001, 50)))
    whole = client.get("/api/runs/run/metrics").json()
    thin = client.get("/api/runs/run/metrics", params={"steps": "thinned"}).json()
    assert "count" not in whole
    assert len(whole["step"]) == 5000 == sum(thin["count"])
    assert len(thin["step"]) == len(thin["loss"]) == len(thin["learning_rate"]) < 600
    assert (thin["step"][0], thin["step"][-1], thin["loss"][-1]) == (1, 5000, 1 / 5000)
    assert MetricsAnswer.model_validate(thin).evaluations.step == []
    refused = client.get("/api/runs/run/metrics", params={"steps": "thinned", "format": "csv"})
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "steps")
    table = client.get("/api/runs/run/metrics", params={"format": "csv"}).text
    assert len(table.splitlines()) == 5001


@pytest.mark.parametrize(
    "params",
    [{}, {"format": "csv"}, {"steps": "thinned"}, {"after_step": 17}],
    ids=["all", "table", "thinned", "after"],
)
def test_curves_of_many_steps_are_written_aside_and_say_the_same(
    scripted: ScriptedServer,
    client: httpx.Client,
    monkeypatch: pytest.MonkeyPatch,
    params: dict[str, str],
) -> None:
    long = [steps(*range(first, first + 50)) for first in range(1, 2000, 50)]
    scripted.create("run", started(), evaluated(0), *long, evaluated(1234), evaluated(3000))
    told = client.get("/api/runs/run/metrics", params=params)
    monkeypatch.setattr(curves, "_FEW_STEPS", -2)
    aside = client.get("/api/runs/run/metrics", params=params)
    assert told.status_code == aside.status_code == 200
    assert told.content == aside.content
    assert len(told.content) > 1000
    for name in ("content-type", "content-disposition"):
        assert told.headers.get(name) == aside.headers.get(name)


def test_a_table_has_a_line_for_what_was_only_evaluated(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run", started(), evaluated(0), steps(1, 2), evaluated(2), evaluated(9))
    table = client.get("/api/runs/run/metrics", params={"format": "csv"}).text
    assert table.splitlines()[1:] == [
        "0,,,,0.5,0.875",
        "1,1.0,0.5,0.01,,",
        "2,0.5,0.5,0.01,0.5,0.875",
        "9,,,,0.5,0.875",
    ]


def test_few_points_are_told_of_a_long_run_and_of_a_short_one(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run", started(), *(steps(*range(at, at + 50)) for at in range(1, 5001, 50)))
    told = client.get("/api/runs/run/metrics", params={"points": 100}).json()
    MetricsAnswer.model_validate(told)
    assert 50 < len(told["step"]) <= 100
    assert (told["step"][0], told["step"][-1], told["loss"][0]) == (1, 5000, 1.0)
    after = client.get("/api/runs/run/metrics", params={"points": 100, "after_step": 4990}).json()
    assert after["step"] == list(range(4991, 5001))
    for beside in ({"format": "csv"}, {"steps": "thinned"}):
        refused = client.get("/api/runs/run/metrics", params={"points": 100, **beside})
        assert (refused.status_code, refused.json()["error"]["field"]) == (422, "points")


def test_a_long_answer_is_packed_for_whoever_unpacks_it(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run", started(), *(steps(*range(at, at + 50)) for at in range(1, 5001, 50)))
    answers = [
        client.get("/api/runs/run/metrics", headers={"Accept-Encoding": encoding})
        for encoding in ("gzip", "identity")
    ]
    assert [answer.headers.get("content-encoding") for answer in answers] == ["gzip", None]
    assert {answer.headers["vary"] for answer in answers} == {"Accept-Encoding"}
    assert answers[0].json() == answers[1].json()
