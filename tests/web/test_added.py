"""What training added to a run's filters, over the interface."""

from pathlib import Path

import httpx
import numpy as np
import pytest

from app.analysis import added_since, chance_of, judge_filters, likelihood
from app.web.answers.history import AddedAnswer, FilmAnswer
from tests.store.samples import snapshot, started
from tests.web.scripted import ScriptedServer
from tests.web.test_history import _numbers
from tests.web.trained import train


@pytest.fixture
def trained(scripted: ScriptedServer, client: httpx.Client, cache_folder: Path) -> httpx.Client:
    train(scripted, cache_folder, "run", steps=3)
    return client


def test_every_snapshot_but_the_first_is_judged_as_python_judges_it(trained: httpx.Client) -> None:
    told = trained.get("/api/runs/run/added").json()
    AddedAnswer.model_validate(told)
    film = FilmAnswer.model_validate(trained.get("/api/runs/run/film").json())
    first, *later = _numbers(film.kernels)
    assert (told["layer"], told["steps"], told["chance"]) == ("conv1", film.steps[1:], chance_of(7))
    for place, now in enumerate(later):
        added = added_since(first, now)
        judged = judge_filters(added.kernels.astype(np.float32))
        assert told["left"][place] == pytest.approx(added.left, abs=1e-6)
        assert told["score"][place] == pytest.approx(judged.score, abs=1e-6)
        assert told["label"][place] == judged.label.tolist()
        assert told["counts"][place] == judged.counts
        oriented = int(judged.is_oriented.sum())
        assert told["likelihood"][place] == likelihood(oriented, len(judged.score), chance_of(7))


def test_only_what_is_new_is_told_to_whoever_has_the_rest(trained: httpx.Client) -> None:
    everything = trained.get("/api/runs/run/added").json()
    rest = trained.get("/api/runs/run/added", params={"after_step": 1}).json()
    assert rest["steps"] == [2, 3]
    for name in ("label", "since", "left", "likelihood"):
        assert rest[name] == everything[name][1:]
    assert trained.get("/api/runs/run/added", params={"after_step": 3}).json()["label"] == []


def test_a_label_holds_since_the_first_snapshot_that_gave_it(trained: httpx.Client) -> None:
    told = trained.get("/api/runs/run/added").json()
    for place, since in enumerate(told["since"]):
        for index, step in enumerate(since):
            course = [label[index] for label in told["label"][: place + 1]]
            held = told["steps"].index(step)
            assert set(course[held:]) == {course[-1]}
            assert held == 0 or course[held - 1] != course[-1]


def test_a_run_that_has_only_begun_has_nothing_added(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run", started(), snapshot(0))
    told = client.get("/api/runs/run/added").json()
    assert told["steps"] == told["left"] == []


def test_a_run_that_is_not_there_and_a_step_that_is_none_are_refused(
    trained: httpx.Client,
) -> None:
    assert trained.get("/api/runs/nobody/added").status_code == 404
    refused = trained.get("/api/runs/run/added", params={"after_step": -2})
    assert refused.status_code == 422
    assert refused.json()["error"]["field"] == "after_step"
