"""Confusion and ablation as the interface tells them, and what it refuses."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from app.web.access import may
from app.web.answers.ablation import AblationAnswer
from app.web.answers.mistakes import ConfusionAnswer
from tests.external.guest import new_guest, told
from tests.web.scripted import ScriptedServer
from tests.web.trained import train

LATEST = "/api/runs/run/snapshots/latest"


@pytest.fixture(scope="module")
def others(trained: ScriptedServer) -> ScriptedServer:
    """Beside the run, one that names nothing, one too large to keep, and a guest."""
    cache_folder = trained.app.state.settings.cache_folder
    sparse: dict[str, Any] = {"preset": "sparse-code", "steps": 2, "batch_size": 32}
    sparse |= {"dataset": "mnist", "scaling": "unit"}
    layers = [
        {"type": "conv2d", "filters": 8, "kernel_size": 7, "strides": 2},
        {"type": "flatten"},
        {"type": "dense", "units": 128},
        {"type": "dense", "units": 10},
    ]
    train(trained, cache_folder, "sparse", **sparse)
    train(trained, cache_folder, "large", layers=layers)
    for guest in (new_guest("guest"), new_guest("read")):
        if guest.id == "read":
            opened = guest.described.model_copy(update={"source": "opened"})
            guest = guest._replace(described=opened)
        trained.store.create_run(guest).result()
        for part in told(guest, cache_folder):
            trained.tell(guest.id, *part)
    return trained


def test_the_matrix_is_that_of_mistakes_and_its_cells_can_be_looked_into(
    asker: httpx.Client,
) -> None:
    answer = ConfusionAnswer.model_validate(asker.get(f"{LATEST}/confusion").json())
    mistakes = asker.get(f"{LATEST}/mistakes?count=0").json()
    assert (answer.step, answer.images) == (2, mistakes["tried"])
    assert (answer.matrix, answer.class_names) == (mistakes["confusion"], mistakes["class_names"])
    pairs = [(row, column) for row in range(10) for column in range(10) if row != column]
    row, column = max(pairs, key=lambda pair: answer.matrix[pair[0]][pair[1]])
    asked = {"count": 5, "label": row, "taken_for": column, "since": 1}
    cell = asker.get(f"{LATEST}/mistakes", params=asked).json()
    assert (cell["label"], cell["taken_for"]) == ([row] * 5, [column] * 5)
    assert cell["wrong"] == mistakes["wrong"]
    assert set(cell["since"]) <= {0, 1, 2}
    assert mistakes["since"] is None


def test_one_picture_is_named_by_a_copy_with_filters_switched(asker: httpx.Client) -> None:
    at, image = f"{LATEST}/activations", {"index": 3}
    plain = asker.post(at, json=image).json()
    off = asker.post(at, json={**image, "switched": {"layer": "conv1", "filters": [2]}}).json()
    assert off["probabilities"] != plain["probabilities"]
    assert [one["maps"]["shape"] for one in off["layers"]] == [
        one["maps"]["shape"] for one in plain["layers"]
    ]
    for switched, status, field in (
        ({"layer": "conv3", "filters": [2]}, 404, "layer"),
        ({"layer": "conv1", "filters": [16]}, 404, "switched.filters"),
        ({"layer": "conv1", "filters": []}, 422, "switched.filters"),
        ({"layer": "conv1"}, 422, "switched.filters"),
    ):
        answer = asker.post(at, json={**image, "switched": switched})
        assert (answer.status_code, answer.json()["error"]["field"]) == (status, field)


def test_without_filters_it_names_other_pictures_and_the_run_stays_as_it_is(
    asker: httpx.Client,
) -> None:
    before = asker.get(f"{LATEST}?format=npz").content
    answer = asker.post(f"{LATEST}/ablation", json={"layer": "conv1", "filters": [3, 5]})
    seen = AblationAnswer.model_validate(answer.json())
    matrix = asker.get(f"{LATEST}/confusion").json()["matrix"]
    right = sum(matrix[number][number] for number in range(10))
    assert seen.accuracy == pytest.approx(right / seen.images)
    assert [one.filter for one in seen.filters] == [3, 5]
    assert seen.together is not None
    assert asker.get(f"{LATEST}?format=npz").content == before


def test_a_class_that_asks_for_the_same_has_it_worked_out_once(
    trained: ScriptedServer, asker: httpx.Client
) -> None:
    with trained.counted_work() as calls, ThreadPoolExecutor(12) as crowd:
        asked = {"layer": "conv2", "filters": [1], "how": "only"}
        posted = list(crowd.map(lambda _: asker.post(f"{LATEST}/ablation", json=asked), range(24)))
    assert {answer.status_code for answer in posted} == {200}
    assert len({answer.content for answer in posted}) == 1
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("body", "status", "field", "limit"),
    [
        ({"layer": "conv3"}, 404, "layer", None),
        ({"layer": "conv1", "filters": [16]}, 404, "filters", 15),
        ({"layer": "conv1", "filters": []}, 422, "filters", 1),
        ({"layer": "conv1", "filters": [1, 1]}, 422, "filters", None),
        ({"layer": "conv1", "filters": [-1]}, 422, "filters.0", 0),
        ({"layer": "conv1", "filters": [1.5]}, 422, "filters.0", None),
        ({"layer": "conv1", "filters": 3}, 422, "filters", None),
        ({"layer": "conv1", "how": "away"}, 422, "how", None),
        ({"layer": "conv1", "filter": 3}, 422, "filter", None),
        ({"filters": [3]}, 422, "layer", None),
        ({"layer": "c" * 41}, 422, "layer", 40),
    ],
)
def test_what_cannot_be_answered_says_what_would_be(
    asker: httpx.Client, body: dict[str, Any], status: int, field: str, limit: int | None
) -> None:
    answer = asker.post(f"{LATEST}/ablation", json=body)
    error = answer.json()["error"]
    assert (answer.status_code, error["field"], error["limit"]) == (status, field, limit)


@pytest.mark.parametrize("run", ["guest", "read"])
def test_runs_whose_pictures_nobody_knows_cannot_be_asked(
    others: ScriptedServer, asker: httpx.Client, run: str
) -> None:
    at = f"/api/runs/{run}/snapshots/latest"
    layer = {"layer": "conv1"}
    seen = {"image": [[0] * 28] * 28, "switched": {"layer": "conv1", "filters": [0]}}
    for answer in (
        asker.get(f"{at}/confusion"),
        asker.post(f"{at}/ablation", json=layer),
        asker.post(f"{at}/activations", json=seen),
    ):
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "not_known")


def test_networks_that_name_nothing_or_were_not_kept_whole_are_told_apart(
    others: ScriptedServer, asker: httpx.Client
) -> None:
    for run, step, field in (("sparse", "latest", "run_id"), ("large", "1", "step")):
        at = f"/api/runs/{run}/snapshots/{step}"
        layer = {"layer": "conv1"}
        for answer in (asker.get(f"{at}/confusion"), asker.post(f"{at}/ablation", json=layer)):
            assert (answer.status_code, answer.json()["error"]["field"]) == (422, field)
    at = "/api/runs/large/snapshots"
    layer = {"layer": "conv1", "filters": [1]}
    assert asker.post(f"{at}/2/ablation", json=layer).status_code == 200
    since = asker.get(f"{at}/2/mistakes?count=3&since=1").json()["since"]
    assert set(since) <= {0, 2}  # at step 1 not all weights were kept


def test_a_class_that_is_none_is_refused_with_the_last_there_is(asker: httpx.Client) -> None:
    for field in ("label", "taken_for"):
        answer = asker.get(f"{LATEST}/mistakes", params={field: 10})
        error = answer.json()["error"]
        assert (answer.status_code, error["field"], error["limit"]) == (422, field, 9)


def test_watching_is_enough_to_ask() -> None:
    assert may("watch", "POST", f"{LATEST}/ablation")
    assert not may("send", "POST", f"{LATEST}/ablation")
