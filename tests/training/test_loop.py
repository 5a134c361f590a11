"""What a run tells, from frame 0 to its end, follows from recipe, commands and step alone."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from app import events
from app.events import EncodedEvent, encode
from app.recipe import Recipe, resolve
from app.training.data import load_dataset
from app.training.loop import Training
from app.training.order import BatchOrder
from tests.recipe.strategies import recipes
from tests.training.short_data import shortened

EVENTS: TypeAdapter[events.Event] = TypeAdapter(events.Event)


def training(cache_folder: Path, preset: str = "dead-leaves", **overrides: Any) -> Training:
    recipe = resolve({"preset": preset, **overrides})
    return Training(recipe, load_dataset(recipe, cache_folder), cache_folder)


def kinds(told: list[EncodedEvent]) -> list[str]:
    return [event.kind for event in told]


def bodies(told: list[EncodedEvent], kind: str) -> list[dict[str, Any]]:
    return [json.loads(event.body) for event in told if event.kind == kind]


def test_a_run_tells_its_recipe_then_frame_0_then_how_well_it_guesses(cache_folder: Path) -> None:
    told = training(cache_folder, steps=2).begin()
    assert kinds(told) == ["run_started", "snapshot", "evaluated"]
    started, snapshot, evaluated = (json.loads(event.body) for event in told)
    assert started["parameters"] == 8874
    assert snapshot["counts"]["noise"] + snapshot["counts"]["structured"] >= 14
    assert abs(evaluated["validation_accuracy"] - 0.1) < 0.1


def test_losses_come_before_the_snapshot_of_the_same_step(cache_folder: Path) -> None:
    run = training(cache_folder, steps=2)
    run.begin()
    assert kinds(run.advance()) == ["steps", "snapshot"]
    assert kinds(run.advance()) == ["steps", "snapshot", "evaluated", "run_finished"]
    assert run.is_over


def test_what_is_told_patiently_is_the_same_in_the_same_order(cache_folder: Path) -> None:
    asked = {"preset": "mnist-strokes", "steps": 40, "batch_size": 4}
    plain, patient = (training(cache_folder, **asked) for _ in range(2))
    expected, told = plain.begin(), patient.begin()
    while not plain.is_over:
        expected += plain.advance()
        told += patient.advance(patiently=patient.step % 7 > 0)
    assert told == expected


def test_nothing_noted_is_lost_to_a_pause_or_a_new_rate(cache_folder: Path) -> None:
    run = training(cache_folder, "mnist-strokes", batch_size=4)
    run.begin()
    assert run.advance(patiently=True) == []
    assert kinds(run.change_learning_rate(0.02)) == ["steps", "snapshot", "learning_rate_changed"]
    assert run.advance(patiently=True) == []
    assert kinds(run.pause()) == ["steps", "snapshot", "status_changed"]


def test_no_checkpoint_is_taken_of_what_is_noted_and_not_told(cache_folder: Path) -> None:
    run = training(cache_folder, "mnist-strokes", batch_size=4)
    run.begin()
    run.advance(patiently=True)
    with pytest.raises(RuntimeError, match="would lose"):
        run.state()
    run.tell()
    assert run.state().values["step"] == 1


@pytest.mark.parametrize("preset", ["dead-leaves", "mnist-strokes", "sparse-code", "keras-mnist"])
def test_every_event_reads_as_its_type_would_write_it(cache_folder: Path, preset: str) -> None:
    for event in training(cache_folder, preset, steps=3, batch_size=4).run():
        read: events.Event = EVENTS.validate_json(event.body, strict=True)
        assert encode(read, event.step, event.arrays) == event


def test_a_snapshot_of_a_small_network_holds_every_layer_and_judges_the_first(
    cache_folder: Path,
) -> None:
    snapshot = training(cache_folder, steps=1).begin()[1]
    assert [(array.name, array.shape) for array in snapshot.arrays] == [
        ("conv1/kernel", (9, 9, 3, 16)),
        ("conv1/bias", (16,)),
        ("conv2/kernel", (3, 3, 16, 32)),
        ("conv2/bias", (32,)),
        ("dense1/kernel", (32, 10)),
        ("dense1/bias", (10,)),
    ]
    body = json.loads(snapshot.body)
    bias = next(array for array in snapshot.arrays if array.name == "conv1/bias")
    assert np.array(body["bias"], "<f4").tobytes() == bias.data
    assert body["layer"] == "conv1"
    assert {len(body[column]) for column in ("score", "label", "change", "template_r2")} == {16}
    assert body["change"] == [0.0] * 16


def test_a_larger_network_is_kept_whole_where_it_is_tried_on_the_test_set(
    cache_folder: Path,
) -> None:
    told = training(cache_folder, "keras-mnist", steps=3).run()
    whole = {
        event.step: any(array.name.startswith("dense") for array in event.arrays)
        for event in told
        if event.kind == "snapshot"
    }
    assert whole == {0: True, 1: False, 2: False, 3: True}


def test_a_halt_off_schedule_keeps_all_of_a_larger_network(cache_folder: Path) -> None:
    run = training(cache_folder, "keras-mnist", steps=30)
    run.begin()
    while run.step < 21:
        run.advance()
    (snapshot,) = [event for event in run.stop() if event.kind == "snapshot"]
    assert {array.name for array in snapshot.arrays} >= {"conv2/bias", "dense1/kernel"}


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize("preset", ["dead-leaves", "mnist-strokes", "keras-mnist", "sparse-code"])
def test_the_same_recipe_and_seed_tell_the_same_bytes(cache_folder: Path, preset: str) -> None:
    first, again = (list(training(cache_folder, preset, steps=4, seed=3).run()) for _ in range(2))
    assert first == again


def test_another_seed_starts_from_other_weights(cache_folder: Path) -> None:
    one, other = (training(cache_folder, seed=seed, steps=1).begin()[1] for seed in (0, 1))
    assert one.arrays[0] != other.arrays[0]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(recipe=recipes())
def test_any_valid_recipe_trains(cache_folder: Path, recipe: dict[str, Any]) -> None:
    valid = Recipe.model_validate(recipe)
    data = shortened(load_dataset(valid, cache_folder))
    told = list(Training(valid, data, cache_folder).run())
    assert told[-1].kind == "run_finished"
    assert len(bodies(told, "snapshot")) == valid.total_steps + 1


def test_a_rate_that_is_far_too_large_ends_as_diverged_and_keeps_what_was(
    cache_folder: Path,
) -> None:
    told = list(training(cache_folder, optimizer={"learning_rate": 1000.0}).run())
    failed = json.loads(told[-1].body)
    assert (told[-1].kind, failed["code"]) == ("run_failed", "diverged")
    assert "1000" in failed["message"]
    losses = [loss for steps in bodies(told, "steps") for loss in steps["loss"]]
    assert len(losses) == failed["step"] > 0
    assert np.isfinite(losses).all()


def test_pausing_shows_where_the_run_stands_even_off_schedule(cache_folder: Path) -> None:
    run = training(cache_folder, steps=100)
    run.begin()
    for _ in range(21):
        run.advance()
    told = run.pause()
    assert kinds(told) == ["steps", "snapshot", "status_changed"]
    assert json.loads(told[-1].body) == {"kind": "status_changed", "step": 21, "status": "paused"}
    assert kinds(run.pause()) == ["status_changed"]


def test_pausing_changes_nothing_of_what_is_learnt(cache_folder: Path) -> None:
    undisturbed, paused = (training(cache_folder, steps=6) for _ in range(2))
    last = list(undisturbed.run())[-3]
    paused.begin()
    for _ in range(3):
        paused.advance()
    paused.pause()
    paused.resume()
    told = [event for _ in range(3) for event in paused.advance()]
    assert told[-3] == last


def test_a_changed_rate_moves_the_whole_schedule(cache_folder: Path) -> None:
    run = training(cache_folder, steps=10)
    run.begin()
    before = bodies(run.advance(), "steps")[0]["learning_rate"][0]
    changed = run.change_learning_rate(0.005)
    after = bodies(run.advance(), "steps")[0]["learning_rate"][0]
    assert kinds(changed) == ["learning_rate_changed"]
    assert before == 0.05
    assert 0.004 < after < 0.005


def test_stopping_keeps_a_last_snapshot(cache_folder: Path) -> None:
    run = training(cache_folder, steps=100)
    run.begin()
    for _ in range(21):
        run.advance()
    assert kinds(run.stop()) == ["steps", "snapshot", "run_stopped"]
    assert run.is_over


@given(st.integers(1, 50))
def test_an_epoch_uses_every_image_at_most_once(batch_size: int) -> None:
    order = BatchOrder(np.random.default_rng(0), 50, batch_size)
    epoch = np.concatenate([next(order) for _ in range(50 // batch_size)])
    assert len(set(epoch.tolist())) == len(epoch)


def test_a_rate_of_zero_trains_and_moves_nothing(cache_folder: Path) -> None:
    told = list(training(cache_folder, optimizer={"learning_rate": 0}, steps=3).run())
    assert told[-1].kind == "run_finished"
    changes = [change for frame in bodies(told, "snapshot") for change in frame["change"]]
    assert len(changes) > 16
    assert set(changes) == {0}
