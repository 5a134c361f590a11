"""What a worker's session reports, and when."""

import pickle
from pathlib import Path

import pytest

from app.recipe import resolve
from app.training.data import load_dataset
from app.workers import session
from app.workers.messages import Job, Report
from app.workers.session import Session


class Listener:
    """The server's end of the pipe: says nothing, keeps every report."""

    def __init__(self) -> None:
        self.reports: list[Report] = []

    def poll(self) -> bool:
        return False

    def send(self, report: Report) -> None:
        self.reports.append(pickle.loads(pickle.dumps(report)))  # as it is by then


def reports(cache_folder: Path) -> list[Report]:
    recipe = resolve({"preset": "mnist-strokes", "steps": 12, "batch_size": 8})
    listener = Listener()
    Session(listener, Job("run", recipe), load_dataset, cache_folder).serve()  # type: ignore[arg-type]
    return listener.reports


def frames(report: Report) -> list[int]:
    return [event.step for event in report.events if event.kind == "snapshot"]


def test_a_frame_does_not_wait_for_another_update_where_one_takes_longer_than_patience_lasts(
    cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "PATIENCE_SECONDS", 1e-9)
    told = [steps for report in reports(cache_folder) if (steps := frames(report))]
    assert told == [[0], [1], [2], [3], [4], [6], [8], [10], [12]]


def test_frames_that_follow_one_another_quickly_are_told_together(
    cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "PATIENCE_SECONDS", 3600)
    told = [steps for report in reports(cache_folder) if (steps := frames(report))]
    assert told == [[0], [1, 2, 3, 4, 6, 8, 10, 12]]
