"""Questions about what is on record: the weights are read once, by who answers."""

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.inspection import looking
from app.inspection.refused import Missing
from app.inspection.subject import Subject
from app.recipe import described, resolve
from app.store import Reading, Store
from app.training.data import load_dataset
from app.training.loop import Training
from app.web import numeric
from tests.store.samples import new_run, open_store

IMAGE = {"index": 3, "split": "test", "image": None, "png": None}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("looking")


@pytest.fixture(scope="module")
def store(folder: Path, cache_folder: Path) -> Iterator[Store]:
    """A database in use, with two short runs of two layers."""
    recipe = resolve({"preset": "mnist-two-layers", "steps": 2})
    with open_store(folder) as opened:
        for run_id in ("run", "other"):
            text = recipe.model_dump_json(exclude_none=True)
            opened.create_run(new_run(run_id, described=described(recipe), recipe=text)).result()
            told = list(Training(recipe, load_dataset(recipe, cache_folder), cache_folder).run())
            opened.record(run_id, told, 1.0).result()
        yield opened


@pytest.fixture
def subject(store: Store, folder: Path, cache_folder: Path) -> Subject:
    return Subject(folder / "filterscope.sqlite3", cache_folder, "run", 2)


def test_a_click_on_a_filter_reads_its_snapshot_once_and_sends_little(
    subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    snapshot = Reading.snapshot

    def counted(reading: Reading, run_id: str, step: int) -> Any:
        read.append(step)
        return snapshot(reading, run_id, step)

    monkeypatch.setattr(Reading, "snapshot", counted)
    at_1 = subject._replace(step=1)
    asked: list[tuple[numeric.Question, tuple[Any, ...]]] = [
        (numeric.unit, (at_1, "conv2", 5)),
        (numeric.pull, (at_1, "conv2", 5)),
        (numeric.activations, (at_1, ("conv1", "conv2"), IMAGE)),
    ]
    for question, args in asked:
        assert len(pickle.dumps((question, args))) < 1000
        assert question(*args)
    assert read == [1]


def test_what_was_deleted_meanwhile_is_missing(store: Store, subject: Subject) -> None:
    gone = subject._replace(run_id="other", step=1)
    store.delete_run("other").result()
    with pytest.raises(Missing, match="deleted meanwhile") as caught:
        looking.unit_of(gone, "conv1", 0)
    assert caught.value.code == "no_snapshot"
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.message, again.code) == (caught.value.message, "no_snapshot")


def test_a_filter_that_is_none_is_missing_with_the_last_there_is(subject: Subject) -> None:
    for ask in (looking.unit_of, looking.pull_of):
        with pytest.raises(Missing, match="conv1 has 16 filters, counted from 0") as caught:
            ask(subject, "conv1", 16)
        assert (caught.value.field, caught.value.limit) == ("index", 15)


def test_every_question_names_a_function_that_there_is() -> None:
    questions = [value for value in vars(numeric).values() if isinstance(value, numeric.Question)]
    assert len(questions) >= 10
    for question in questions:
        with pytest.raises(TypeError, match="argument"):
            question(*range(20))
