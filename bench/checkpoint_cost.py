"""What checkpoints cost a training: python -m bench.checkpoint_cost

A session trains as it does in a worker, a real store keeps what it tells, and a clock runs while a
checkpoint is made and sent.
"""

import contextlib
import tempfile
from collections.abc import Iterator
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from pathlib import Path

from app.recipe import described, resolve
from app.store import NewRun, Store
from app.training.data import load_dataset
from app.workers import session
from app.workers.checkpoint_spacing import CheckpointSpacing
from app.workers.messages import Job
from app.workers.server_line import ServerLine
from app.workers.session import Session
from app.workers.worker import OWN_PROCESS
from bench.row import HEADING, Row, milliseconds

LENGTHS = {"dead-leaves": 2000, "mnist-strokes": 2000, "sparse-code": 3000, "keras-mnist": 120}
_SHARE = 0.01


class _Counted(CheckpointSpacing):
    """A spacing that adds up what checkpoints cost."""

    costs: list[float]
    trained = 0.0

    def __init__(self, size_bytes: int) -> None:
        super().__init__(size_bytes)
        _Counted.costs = []

    def is_due(self, trained_seconds: float) -> bool:
        _Counted.trained = trained_seconds
        return super().is_due(trained_seconds)

    def taken(self, trained_seconds: float, cost_seconds: float) -> None:
        _Counted.costs.append(cost_seconds)
        super().taken(trained_seconds, cost_seconds)


def measure() -> Iterator[Row]:
    """Measures, for each preset, the share of its training time and what one checkpoint weighs."""
    spacing = vars(session)["CheckpointSpacing"]
    vars(session)["CheckpointSpacing"] = _Counted
    try:
        for preset, steps in LENGTHS.items():
            with tempfile.TemporaryDirectory() as folder:
                yield _row(preset, steps, Path(folder))
    finally:
        vars(session)["CheckpointSpacing"] = spacing


def _row(preset: str, steps: int, folder: Path) -> Row:
    recipe = resolve({"preset": preset, "steps": steps, "epochs": None})
    text = recipe.model_dump_json(exclude_none=True)
    new = NewRun("run", described(recipe), preset, text, steps)
    silent, never_used = Pipe(duplex=False)
    its, ours = Pipe(duplex=False)
    keeper = get_context("spawn").Process(target=_keep, args=(its, folder / "kept", new))
    keeper.start()
    its.close()
    line = ServerLine(silent, ours)
    Session(line, Job(new.id, recipe), load_dataset, folder / "cache", OWN_PROCESS).serve()
    ours.close()
    never_used.close()
    keeper.join()
    share = sum(_Counted.costs) / _Counted.trained
    longest = milliseconds(max(_Counted.costs, default=0.0))
    told = f"{share:.2%}: {len(_Counted.costs)}, at most {longest} each"
    return Row(f"checkpoints of {preset}", "≤ 1 % of training", told, share <= _SHARE)


def _keep(connection: Connection, folder: Path, run: NewRun) -> None:
    """Does what the server does, in a process of its own."""
    with Store(folder / "filterscope.sqlite3", lambda _run_id, _events: None) as store:
        store.create_run(run).result()
        with contextlib.suppress(EOFError):
            while True:
                told = connection.recv()
                store.record(told.run_id, told.events, told.training_seconds, told.checkpoint)


if __name__ == "__main__":
    print(HEADING)
    for row in measure():
        print(row, flush=True)
