"""Training on with a snapshot's weights over the interface: what begins, what is refused."""

from typing import Any

import httpx
import pytest

from app.events import LearningRateChanged, encode
from app.past import packed_weights
from app.recipe import Recipe
from app.training.data import load_dataset
from app.training.loop import Training
from app.web.access import may
from tests.external.guest import new_guest, told
from tests.web.scripted import ScriptedServer
from tests.web.trained import train

RUN = "/api/runs/run/snapshots"
LARGE = [
    {"type": "conv2d", "filters": 8, "kernel_size": 7, "strides": 2},
    {"type": "flatten"},
    {"type": "dense", "units": 128},
    {"type": "dense", "units": 10},
]


def test_a_new_run_begins_with_a_snapshots_weights_and_without_the_filters(
    trained: ScriptedServer, asker: httpx.Client
) -> None:
    changed = LearningRateChanged(step=2, learning_rate=0.25)
    trained.tell("run", encode(changed, 2))
    answer = asker.post(f"{RUN}/1/runs", json={"without": {"conv1": [5, 3]}, "total_steps": 40})
    assert answer.status_code == 201, answer.text
    run = answer.json()
    assert answer.headers["Location"].endswith(f"/api/runs/{run['id']}")
    assert run["continues"] == {"run": "run", "step": 1, "weights_only": True}
    assert (run["status"], run["total_steps"], run["recipe"]["steps"]) == ("queued", 40, 40)
    assert run["recipe"]["without"] == {"conv1": [3, 5]}
    words = [difference["words"] for difference in run["differences"]]
    assert "without filters 4, 6" in words
    assert trained.supervisor.started[-1][1].without == {"conv1": [3, 5]}
    beginning, snapshot = trained.store.beginning(run["id"]), trained.store.snapshot("run", 1)
    assert beginning is not None
    assert snapshot is not None
    assert beginning.state == packed_weights(1, None, snapshot.arrays.values())
    latest = asker.post(f"{RUN}/latest/runs", json={}).json()
    assert (latest["total_steps"], "without" in latest["recipe"]) == (1000, False)
    at_the_end = trained.store.beginning(latest["id"])
    assert at_the_end is not None
    assert at_the_end.start_rate == 0.25


def test_a_rate_that_was_changed_two_runs_before_goes_along(
    trained: ScriptedServer, asker: httpx.Client
) -> None:
    cache_folder = trained.app.state.settings.cache_folder
    trained.tell("run", encode(LearningRateChanged(step=2, learning_rate=0.25), 2))
    before = asker.post(f"{RUN}/latest/runs", json={}).json()
    recipe = Recipe.model_validate(before["recipe"])
    dataset, beginning = load_dataset(recipe, cache_folder), trained.store.beginning(before["id"])
    begun = Training(recipe, dataset, cache_folder, beginning=beginning).begin()
    trained.tell(before["id"], *begun)
    run = asker.post(f"/api/runs/{before['id']}/snapshots/2/runs", json={}).json()
    beginning = trained.store.beginning(run["id"])
    assert beginning is not None
    assert beginning.start_rate == 0.25


def test_filters_that_were_held_before_stay_so(
    trained: ScriptedServer, asker: httpx.Client
) -> None:
    cache_folder = trained.app.state.settings.cache_folder
    train(trained, cache_folder, "held", without={"conv1": [2], "conv2": [0]})
    at = "/api/runs/held/snapshots/latest"
    run = asker.post(f"{at}/runs", json={"without": {"conv1": [1, 2]}}).json()
    assert run["recipe"]["without"] == {"conv1": [1, 2], "conv2": [0]}
    noise = {"layer": "conv1", "filters": [2], "how": "noise"}
    assert asker.post(f"{at}/ablation", json=noise).status_code == 200


@pytest.mark.parametrize(
    ("body", "field", "limit", "said"),
    [
        ({"without": {"conv3": [1]}}, "without", None, "no conv layer 'conv3'; there are conv1"),
        ({"without": {"dense1": [1]}}, "without", None, "no conv layer 'dense1'"),
        ({"without": {"conv1": [16]}}, "without.conv1", 15, "16 filters, counted from 0"),
        ({"without": {"conv1": list(range(16))}}, "without.conv1", 15, "one filter at least"),
        ({"without": {"conv1": [1, 1]}}, "without", None, "each filter of conv1 once"),
        ({"without": {"conv1": []}}, "without.conv1", 1, "fewer entries"),
        ({"without": {"conv1": [-1]}}, "without.conv1.0", 0, "at least 0"),
        ({"without": {"conv1": [1.5]}}, "without.conv1.0", None, "whole number"),
        ({"without": {"conv1": 3}}, "without.conv1", None, "must be a list"),
        ({"without": [3]}, "without", None, "must be an object"),
        ({"total_steps": 2}, "total_steps", None, "of step 2: total_steps must be more"),
        ({"total_steps": 1_000_001}, "total_steps", 1_000_000, "at most"),
        ({"total_steps": 60.5}, "total_steps", None, "whole number"),
        ({"steps": 60}, "steps", None, "no field steps"),
    ],
)
def test_what_cannot_be_trained_on_says_what_could(
    trained: ScriptedServer,
    asker: httpx.Client,
    body: dict[str, Any],
    field: str,
    limit: int | None,
    said: str,
) -> None:
    before = len(trained.supervisor.started)
    answer = asker.post(f"{RUN}/2/runs", json=body)
    error = answer.json()["error"]
    assert (answer.status_code, error["field"], error["limit"]) == (422, field, limit)
    assert said in error["message"]
    assert len(trained.supervisor.started) == before


def test_runs_that_nobody_can_train_on_say_why(
    trained: ScriptedServer, asker: httpx.Client
) -> None:
    cache_folder = trained.app.state.settings.cache_folder
    train(trained, cache_folder, "large", layers=LARGE)
    sigmoid = [{**LARGE[0], "activation": "sigmoid"}, *LARGE[1:2], LARGE[3]]
    train(trained, cache_folder, "sigmoid", layers=sigmoid)
    guest = new_guest("guest")
    trained.store.create_run(guest).result()
    for part in told(guest, cache_folder):
        trained.tell("guest", *part)
    for run, step, code, said in (
        ("large", "1", (409, "state_not_kept"), "Not all weights were kept"),
        ("guest", "latest", (409, "not_possible"), ""),
        ("sigmoid", "latest", (422, "recipe_invalid"), "answers 0.5 where all weights are 0"),
        ("run", "7", (404, "no_snapshot"), "nearest is after 2"),
        ("nobody", "1", (404, "run_unknown"), ""),
    ):
        body = {"without": {"conv1": [1]}}
        answer = asker.post(f"/api/runs/{run}/snapshots/{step}/runs", json=body)
        error = answer.json()["error"]
        assert (answer.status_code, error["code"]) == code, error
        assert said in error["message"]


def test_nobody_who_only_watches_starts_a_run() -> None:
    assert not may("watch", "POST", f"{RUN}/latest/runs")
    assert not may("send", "POST", f"{RUN}/latest/runs")
