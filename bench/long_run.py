"""A run of a million steps in a database: its first ones trained, the others told from those."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from app.events import EncodedEvent, RunFinished, encode, encode_fields
from app.recipe import Recipe, described, resolve
from app.store import NewRun, Store
from app.telling.schedule import is_evaluation_step, is_report_step, next_due
from app.training.data import load_dataset
from app.training.loop import Training
from app.vocabulary.snapshot_steps import is_snapshot_step

STEPS = 1_000_000
RUN = "a10000000000"
_TRAINED = 1_000
_RECORDED_TOGETHER = 500  # events
_LARGE_STEP = 7_919  # a prime, so that told losses follow in another order than they were trained


def write_long_run(folder: Path, steps: int = STEPS) -> str:
    """Records such a run as a worker would: a `steps` event where one is due, and every snapshot.

    Returns:
        Its id.
    """
    recipe = resolve({"preset": "dead-leaves", "steps": steps, "name": f"{steps:,} steps"})
    kept = recipe.model_dump_json(exclude_none=True)
    with Store(folder / "filterscope.sqlite3", lambda _run_id, _events: None) as store:
        store.create_run(NewRun(RUN, described(recipe), "dead-leaves", kept, steps))
        told = _told(recipe, folder / "cache")
        while events := list(islice(told, _RECORDED_TOGETHER)):
            store.record(RUN, events, 1.0).result()
    return RUN


def _told(recipe: Recipe, cache_folder: Path) -> Iterator[EncodedEvent]:
    training = Training(recipe, load_dataset(recipe, cache_folder), cache_folder)
    trained = [*training.begin()]
    while training.step < _TRAINED:
        trained += training.advance()
    yield from trained
    yield from _told_again(trained, recipe.total_steps)


def _told_again(trained: list[EncodedEvent], total: int) -> Iterator[EncodedEvent]:
    """Yields what follows: real losses in another order, and the last weights again."""
    told = [json.loads(event.body) for event in trained if event.kind == "steps"]
    rows = [
        row
        for body in told
        for row in zip(body["loss"], body["accuracy"], body["learning_rate"], strict=True)
    ]
    snapshot = next(event for event in reversed(trained) if event.kind == "snapshot")
    seen = next(event for event in reversed(trained) if event.kind == "evaluated")
    begin = step = _TRAINED
    while step < total:
        step = next_due(step, total)
        if is_report_step(step, total):
            yield _steps(range(begin + 1, step + 1), rows, total)
            begin = step
        if is_snapshot_step(step, total):
            yield _at(snapshot, step)
        if is_evaluation_step(step, total):
            yield _at(seen, step)
    yield encode(RunFinished(step=total), total)


def _steps(steps: range, rows: list[Any], total: int) -> EncodedEvent:
    chosen = [rows[step * _LARGE_STEP % len(rows)] for step in steps]
    fields = {
        "kind": "steps",
        "step": list(steps),
        "loss": [loss for loss, _, _ in chosen],
        "accuracy": [accuracy for _, accuracy, _ in chosen],
        "learning_rate": [round(0.05 * (1 - (step - 1) / total), 8) for step in steps],
    }
    return encode_fields(fields, steps[-1])


def _at(event: EncodedEvent, step: int) -> EncodedEvent:
    body = json.loads(event.body) | {"step": step}
    return event._replace(step=step, body=json.dumps(body, separators=(",", ":")))
