"""An archive in memory, and supervisors that keep their runs in it."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from app.events import LAST_KINDS, EncodedEvent, Status
from app.numerics import Numerics
from app.past import Handover, Past, as_recorded, is_from_training, status_after
from app.recipe import Recipe, resolve
from app.workers.supervisor import Supervisor

PATIENCE_SECONDS = 60.0


class Log:
    """Keeps what is recorded and wakes whoever waits for something to be in it."""

    def __init__(self) -> None:
        self.events: list[tuple[str, EncodedEvent]] = []
        self.changed = threading.Condition()
        self.failures = 0  # how many of the next records fail
        self.checkpoints: dict[str, tuple[int, bytes]] = {}
        self.numerics: dict[str, Numerics] = {}
        self.reports: dict[str, str] = {}
        self.trained: dict[str, float] = {}  # seconds, as told last

    def record(
        self,
        run_id: str,
        events: Sequence[EncodedEvent],
        training_seconds: float,
        checkpoint: bytes | None = None,
        numerics: Numerics | None = None,
    ) -> "Future[None]":
        if self.failures:
            self.failures -= 1
            failed: Future[None] = Future()
            failed.set_exception(OSError("no space left"))
            return failed
        with self.changed:
            self.events += [(run_id, event) for event in events]
            self.trained[run_id] = training_seconds
            if checkpoint is not None:
                self.checkpoints[run_id] = (len(self.of(run_id)), checkpoint)
            if numerics is not None:
                self.numerics[run_id] = numerics
            self.changed.notify_all()
        done: Future[None] = Future()
        done.set_result(None)
        return done

    def past(self, run_id: str) -> Past | None:
        told = [as_recorded(event, seq) for seq, event in enumerate(self.of(run_id), start=1)]
        kept = [event for event in told if is_from_training(event)]
        seq, checkpoint = self.checkpoints.get(run_id, (0, None))
        changed = [event.seq for event in told if event.kind == "numerics_changed"]
        return Past(
            *(kept[-1].step if kept else 0, 1.0, kept, checkpoint, seq),
            *(self.numerics.get(run_id), max(changed, default=0)),
        )

    def beginning(self, run_id: str) -> Handover | None:
        return None

    def training_status(self, run_id: str) -> Status:
        past = self.past(run_id)
        return status_after(past.kept if past else [])

    def keep_crash_report(self, run_id: str, report: str) -> "Future[None]":
        self.reports[run_id] = report
        return self.record(run_id, [], 0.0)

    def of(self, run_id: str) -> list[EncodedEvent]:
        return [event for owner, event in self.events if owner == run_id]

    def wait_for(self, is_there: Callable[[], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(is_there, PATIENCE_SECONDS), self.summary()

    def wait_for_end(self, run_id: str) -> dict[str, Any]:
        self.wait_for(lambda: any(event.kind in LAST_KINDS for event in self.of(run_id)))
        last: dict[str, Any] = json.loads(self.of(run_id)[-1].body)
        return last

    def wait_for_step(self, run_id: str, step: int) -> None:
        self.wait_for(lambda: any(event.step >= step for event in self.of(run_id)))

    def summary(self) -> list[tuple[str, str, int]]:
        return [(run_id, event.kind, event.step) for run_id, event in self.events]


def recipe(steps: int) -> Recipe:
    return resolve({"preset": "dead-leaves", "steps": steps})


def statuses(log: Log, run_id: str) -> list[tuple[str, str | None]]:
    told = [json.loads(event.body) for event in log.of(run_id) if event.kind == "status_changed"]
    return [(body["status"], body.get("cause")) for body in told]


@contextlib.contextmanager
def supervising(log: Log, cache_folder: Path, **arguments: Any) -> Iterator[Supervisor]:
    supervisor = Supervisor(archive=log, runs_at_once=1, cache_folder=cache_folder, **arguments)
    supervisor.open()
    try:
        yield supervisor
    finally:
        supervisor.close(5)
