"""What a run comes to that goes on from another's end, or that was made longer while it trained."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.events import EncodedEvent
from app.external.described import Continues
from app.past import Handover, as_recorded
from app.recipe import Recipe, resolve
from app.training.checkpoint import Unreadable, pack
from app.training.data import load_dataset
from app.training.instruction import Instruction
from app.training.loop import Training
from app.training.retelling import Different, Retelling
from app.training.steering import Steering
from tests.training.short_data import shortened

SCHEDULE = {"optimizer": {"type": "adam", "learning_rate": 0.005, "schedule": "constant"}}
LINEAR = {"optimizer": {"type": "adam", "learning_rate": 0.005, "schedule": "linear"}}


def recipe(steps: int, **overrides: Any) -> Recipe:
    return resolve({"preset": "dead-leaves", "steps": steps, "batch_size": 8, **overrides})


def training(recipe: Recipe, cache_folder: Path, beginning: Handover | None = None) -> Training:
    data = shortened(load_dataset(recipe, cache_folder))
    return Training(recipe, data, cache_folder, beginning=beginning)


def end_of(run: Training) -> Handover:
    return Handover(Continues(run="before", step=run.step), pack(run.state()))


def after(told: list[EncodedEvent], step: int) -> list[EncodedEvent]:
    return [event for event in told if event.step > step]


def weights(run: Training) -> bytes:
    return b"".join(array.tobytes() for array in run.state().arrays.values())


@pytest.mark.parametrize("overrides", [SCHEDULE, {**SCHEDULE, "seed": 3}], ids=["seed 0", "seed 3"])
def test_at_a_constant_rate_going_on_comes_to_what_a_run_of_that_length_comes_to(
    cache_folder: Path, overrides: dict[str, Any]
) -> None:
    whole = training(recipe(60, **overrides), cache_folder)
    told = list(whole.run())
    first = training(recipe(30, **overrides), cache_folder)
    list(first.run())
    second = training(recipe(60, **overrides), cache_folder, end_of(first))
    goes_on = list(second.run())
    assert weights(second) == weights(whole)
    assert after(goes_on, 30) == after(told, 30)
    assert [event.kind for event in goes_on[:3]] == ["run_started", "snapshot", "evaluated"]
    assert [event.step for event in goes_on[:3]] == [30, 30, 30]
    assert json.loads(goes_on[0].body)["continues"] == {"run": "before", "step": 30}


def test_a_run_that_was_stopped_off_schedule_goes_on_to_the_same_weights(
    cache_folder: Path,
) -> None:
    whole = training(recipe(20, **SCHEDULE), cache_folder)
    list(whole.run())
    first = training(recipe(40, **SCHEDULE), cache_folder)
    first.begin()
    for _ in range(13):
        first.advance()
    first.stop()
    second = training(recipe(20, **SCHEDULE), cache_folder, end_of(first))
    steps = [step for event in second.run() if event.kind == "steps" for step in _steps(event)]
    assert steps == list(range(14, 21))
    assert weights(second) == weights(whole)


def _steps(event: EncodedEvent) -> list[int]:
    steps: list[int] = json.loads(event.body)["step"]
    return steps


def test_a_falling_rate_falls_over_the_new_length_and_so_comes_to_something_else(
    cache_folder: Path,
) -> None:
    whole = training(recipe(60, **LINEAR), cache_folder)
    list(whole.run())
    first = training(recipe(30, **LINEAR), cache_folder)
    list(first.run())
    second = training(recipe(60, **LINEAR), cache_folder, end_of(first))
    told = list(second.run())
    rates = [rate for event in told if event.kind == "steps" for rate in _rates(event)]
    assert rates[0] == pytest.approx(0.005 * (1 - 0.98 * 30 / 59))
    assert rates[-1] == pytest.approx(0.005 * 0.02)
    assert weights(second) != weights(whole)


def _rates(event: EncodedEvent) -> list[float]:
    rates: list[float] = json.loads(event.body)["learning_rate"]
    return rates


def test_a_live_run_that_is_made_longer_is_what_a_run_of_that_length_is(cache_folder: Path) -> None:
    whole = training(recipe(60, **SCHEDULE), cache_folder)
    list(whole.run())
    longer = Steering(training(recipe(30, **SCHEDULE), cache_folder))
    told = longer.training.begin()
    while longer.step < 21:
        told += longer.go_on()
    told += longer.obey(Instruction(total_steps=60))
    assert json.loads(told[-1].body)["total_steps"] == 60
    assert not longer.obey(Instruction(total_steps=40)), "nothing makes it shorter"
    while not longer.is_over:
        told += longer.go_on()
    assert weights(longer.training) == weights(whole)
    kept = [as_recorded(event, seq) for seq, event in enumerate(told, start=1)]
    again = Retelling(Steering(training(recipe(30, **SCHEDULE), cache_folder)), kept)
    again.begin()
    while not again.is_done:
        again.go_on()


def test_the_end_of_another_network_is_none_to_go_on_from(cache_folder: Path) -> None:
    first = training(recipe(3), cache_folder)
    list(first.run())
    other = resolve({"preset": "mnist-strokes", "steps": 6, "batch_size": 8})
    with pytest.raises(Unreadable, match="doesn't fit"):
        training(other, cache_folder, end_of(first)).begin()


def test_what_computes_otherwise_follows_the_log_without_gap_or_repetition(
    cache_folder: Path,
) -> None:
    first = Steering(training(recipe(60, **SCHEDULE), cache_folder))
    log = first.training.begin()
    while first.step < 33:
        log += first.go_on()
    log += first.obey(Instruction(learning_rate=0.004))
    log += first.obey(Instruction(status="paused"))
    log += first.obey(Instruction(advance=2))
    while not first.is_paused:
        log += first.go_on()
    kept = [as_recorded(event, seq) for seq, event in enumerate(log, start=1)]

    def otherwise() -> Steering:
        steering = Steering(training(recipe(60, **SCHEDULE), cache_folder))
        flat = steering.training._learning.objective.network.parameters.values.flat
        flat *= np.float32(1.0001)
        return steering

    strict = Retelling(otherwise(), kept)
    with pytest.raises(Different):
        strict.begin()
    steering = otherwise()
    loose = Retelling(steering, kept, is_exact=False)
    news = loose.begin()
    while not loose.is_done:
        news += loose.go_on()
    assert not news
    assert (steering.is_paused, steering.step) == (True, 35)
    steering.obey(Instruction(status="running"))
    while not steering.is_over:
        news += steering.go_on()
    assert [s for event in news if event.kind == "steps" for s in _steps(event)] == list(
        range(36, 61)
    )
