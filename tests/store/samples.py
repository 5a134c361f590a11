"""Events as training would tell them, small and made up."""

import struct
from pathlib import Path

from app import events
from app.events import EncodedEvent, StoredArray, encode
from app.recipe import described, resolve
from app.store import NewRun, Store

RECIPE = resolve({"preset": "mnist-strokes"})


def new_run(run_id: str = "run", **changes: object) -> NewRun:
    """A queued run of a preset."""
    run = NewRun(
        id=run_id,
        described=described(RECIPE),
        preset="mnist-strokes",
        recipe=RECIPE.model_dump_json(exclude_none=True),
        total_steps=RECIPE.total_steps,
    )
    return run._replace(**changes)  # type: ignore[arg-type]


def started() -> EncodedEvent:
    event = events.RunStarted(
        recipe=RECIPE, total_steps=1000, parameters=7, layers=[], class_names=["0", "1"]
    )
    return encode(event, 0)


def steps(*numbers: int) -> EncodedEvent:
    told = events.Steps(
        step=list(numbers),
        loss=[1 / number for number in numbers],
        accuracy=[0.5 for _ in numbers],
        learning_rate=[0.01 for _ in numbers],
    )
    return encode(told, numbers[-1])


def kernel(step: int, name: str = "conv1/kernel") -> StoredArray:
    return StoredArray(name, (2, 1, 1, 1), struct.pack("<2f", step, -step))


def snapshot(step: int, size: int = 0) -> EncodedEvent:
    """A snapshot of one filter; `size` makes its kernel that many bytes larger."""
    event = events.Snapshot(
        step=step,
        layer="conv1",
        score=[0.25],
        label=["edge"],
        since=[step],
        orientation_degrees=[90.0],
        coherence=[0.75],
        cycles_per_pixel=[0.125],
        template_r2=[(0.5, 0.25, 0.0, 0.0)],
        colour=["gray"],
        norm=[1.0],
        change=[float(step)],
        correlation=[0.5],
        layer_score=0.25,
        oriented=1.0,
        counts={"edge": 1},
        rose=[0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0],
        near_duplicates=[],
        duplicate_pairs=0,
    )
    first = kernel(step)
    if size:
        first = StoredArray(first.name, (size // 4, 1, 1, 1), bytes(size))
    return encode(event, step, (first, kernel(step, "conv1/bias"), kernel(step, "conv2/kernel")))


def evaluated(step: int) -> EncodedEvent:
    event = events.Evaluated(step=step, validation_loss=0.5, validation_accuracy=0.875, samples=256)
    return encode(event, step)


def status(name: events.Status, step: int = 0) -> EncodedEvent:
    return encode(events.StatusChanged(step=step, status=name), step)


def finished(step: int) -> EncodedEvent:
    return encode(events.RunFinished(step=step), step)


def failed(step: int) -> EncodedEvent:
    event = events.RunFailed(step=step, code="diverged", message="It grew.", advice="Try less.")
    return encode(event, step)


def open_store(folder: Path, **arguments: object) -> Store:
    """A store in `folder` that publishes to nobody unless told to."""
    arguments = {"publish": lambda _run_id, _events: None, **arguments}
    return Store(folder / "filterscope.sqlite3", **arguments)  # type: ignore[arg-type]
