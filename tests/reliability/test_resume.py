"""A run killed at any step goes on to the byte, whatever it trains and whatever was asked of it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.events import EncodedEvent
from app.past import RecordedEvent, as_recorded
from app.recipe import Recipe
from app.training.checkpoint import Unreadable, pack, unpack
from app.training.data import load_dataset
from app.training.instruction import Instruction
from app.training.loop import Training
from app.training.retelling import Different, Retelling
from app.training.steering import Steering
from tests.recipe.strategies import recipes
from tests.reliability.scale import IS_FULL, tries
from tests.reliability.small import small_recipe
from tests.training.short_data import shortened

Instructions = dict[int, list[Instruction]]

_INSTRUCTIONS = st.one_of(
    st.floats(1e-5, 1e-1).map(lambda rate: Instruction(learning_rate=rate)),
    st.just(Instruction(status="paused")),
    st.integers(1, 4).map(lambda count: Instruction(advance=count)),
    st.integers(1, 50).map(lambda steps: Instruction(total_steps=steps)),
    st.builds(
        lambda rate: Instruction(status="running", learning_rate=rate), st.floats(1e-5, 1e-2)
    ),
)


def steered(recipe: Recipe, cache_folder: Path) -> Steering:
    data = load_dataset(recipe, cache_folder)
    return Steering(Training(recipe, data if IS_FULL else shortened(data), cache_folder))


def reports(
    steering: Steering, instructions: Instructions, stop: int = 10**9
) -> Iterator[list[EncodedEvent]]:
    """What a run tells from where it stands, in the parts in which it is told, up to `stop`.

    Each instruction comes once, when its step is reached; a pause ends when nothing else is asked.
    """
    while not steering.is_over and steering.step < stop:
        due = instructions.get(steering.step)
        if due:
            yield steering.obey(due.pop(0))
        elif steering.is_paused:
            yield steering.obey(Instruction(status="running"))
        else:
            yield steering.go_on()


def digest(steering: Steering, told: list[Any]) -> tuple[str, str]:
    """The final weights' hash and the metric stream's."""
    arrays = steering.state().arrays
    weights = hashlib.sha256(b"".join(array.tobytes() for array in arrays.values()))
    metrics = "\n".join(event.body for event in told if event.kind in ("steps", "evaluated"))
    return weights.hexdigest(), hashlib.sha256(metrics.encode()).hexdigest()


def kept(told: list[EncodedEvent]) -> list[RecordedEvent]:
    return [as_recorded(event, seq) for seq, event in enumerate(told, start=1)]


def go_on_from(
    recipe: Recipe, checkpoint: bytes | None, since: list[RecordedEvent], cache_folder: Path
) -> tuple[Steering, list[EncodedEvent]]:
    """A training restored and taken past its log; and what it told beyond it."""
    steering = steered(recipe, cache_folder)
    if checkpoint is not None:
        steering.load_state(unpack(checkpoint))
    retelling = Retelling(steering, since)
    news = retelling.begin() if checkpoint is None else []
    while not retelling.is_done:
        news += retelling.go_on()
    return steering, news


@settings(max_examples=tries(30, 100), deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), recipe=recipes(), steps=st.integers(2, 40))
def test_a_run_killed_at_any_step_ends_as_if_nothing_had_happened(
    cache_folder: Path, data: st.DataObject, recipe: dict[str, Any], steps: int
) -> None:
    valid = Recipe.model_validate({**recipe, "steps": steps})
    instructions = data.draw(
        st.dictionaries(st.integers(0, steps - 1), st.lists(_INSTRUCTIONS, max_size=3))
    )
    undisturbed = steered(valid, cache_folder)
    told = undisturbed.training.begin()
    left = {step: list(some) for step, some in instructions.items()}
    for report in reports(undisturbed, left):
        told += report

    checkpoint_step = data.draw(st.integers(-1, steps - 1), "checkpoint at")
    kill_step = data.draw(st.integers(max(0, checkpoint_step), steps), "killed at")
    killed = steered(valid, cache_folder)
    left = {step: list(some) for step, some in instructions.items()}
    log = killed.training.begin()
    checkpoint = None
    since = 0
    if checkpoint_step >= 0:
        for report in reports(killed, left, checkpoint_step):
            log += report
        checkpoint, since = pack(killed.state()), len(log)
    for report in reports(killed, left, kill_step):
        log += report

    again, news = go_on_from(valid, checkpoint, kept(log)[since:], cache_folder)
    log += news
    for report in reports(again, left):
        log += report
    assert log == told
    assert digest(again, log) == digest(undisturbed, told)


@pytest.mark.parametrize("cut", ["between events", "at the end"])
def test_a_log_that_ends_anywhere_is_told_on_without_gap_or_repetition(
    cache_folder: Path, cut: str
) -> None:
    recipe = small_recipe(steps=30)
    whole = list(steered(recipe, cache_folder).training.run())
    ends = range(1, len(whole)) if cut == "between events" else [len(whole)]
    for end in ends:
        steering, news = go_on_from(recipe, None, kept(whole)[:end], cache_folder)
        for report in reports(steering, {}):
            news += report
        assert whole[:end] + news == whole


def test_another_seed_is_found_out_with_the_place_and_both_values(cache_folder: Path) -> None:
    log = kept(list(steered(small_recipe(0, steps=5), cache_folder).training.run()))
    recipe = small_recipe(1, steps=5)
    with pytest.raises(Different, match=r"event 1 \(run_started, step 0\) differs: recipe was"):
        go_on_from(recipe, None, log, cache_folder)


def test_a_loss_that_differs_in_its_last_digit_is_named(cache_folder: Path) -> None:
    recipe = small_recipe(steps=5)
    told = list(steered(recipe, cache_folder).training.run())
    odd = next(index for index, event in enumerate(told) if event.kind == "steps")
    told[odd] = told[odd]._replace(body=told[odd].body.replace('"loss":[', '"loss":[1', 1))
    with pytest.raises(
        Different, match=rf"event {odd + 1} \(steps, step 1\) differs: loss\[0\] was"
    ):
        go_on_from(recipe, None, kept(told), cache_folder)


def test_one_changed_bit_of_a_weight_is_found_out(cache_folder: Path) -> None:
    recipe = small_recipe(steps=5)
    told = list(steered(recipe, cache_folder).training.run())
    first = told[1].arrays[0]
    changed = first._replace(data=bytes([first.data[0] ^ 1]) + first.data[1:])
    told[1] = told[1]._replace(arrays=(changed, *told[1].arrays[1:]))
    with pytest.raises(Different, match="the bytes of conv1/kernel"):
        go_on_from(recipe, None, kept(told), cache_folder)


def test_a_log_that_says_more_than_the_run_does_is_found_out(cache_folder: Path) -> None:
    recipe = small_recipe(steps=5)
    log = kept(list(steered(recipe, cache_folder).training.run()))
    log.append(log[-2]._replace(seq=len(log) + 1, step=9))
    with pytest.raises(Different, match="wasn't told again"):
        go_on_from(recipe, None, log, cache_folder)


def test_a_checkpoint_of_another_network_is_unreadable(cache_folder: Path) -> None:
    blob = pack(steered(small_recipe(), cache_folder).state())
    other = steered(small_recipe(optimizer={"type": "sgd", "learning_rate": 0.1}), cache_folder)
    with pytest.raises(Unreadable):
        other.load_state(unpack(blob))


@pytest.mark.parametrize(
    "blob", [b"", b"PK\x03\x04", b"x" * 100, np.random.default_rng(0).bytes(999)]
)
def test_bytes_that_are_no_checkpoint_are_unreadable(blob: bytes) -> None:
    with pytest.raises(Unreadable):
        unpack(blob)


def test_every_cut_of_a_checkpoint_is_unreadable(cache_folder: Path) -> None:
    blob = pack(steered(small_recipe(), cache_folder).state())
    for end in range(0, len(blob) - 1, 97):
        with pytest.raises(Unreadable):
            unpack(blob[:end])
