"""Jobs and reports come out of a packet as they went in, and what is none is refused."""

import io
from pathlib import Path
from typing import Any

import pytest

from app.cluster import report_wire
from app.cluster.report_wire import LARGEST_REPORT_BYTES, WireBroken, report_in, report_packet
from app.cluster.wire import (
    LARGEST_JOB_BYTES,
    Said,
    job_in,
    job_packet,
    padded,
    said_in,
    told_to_task,
)
from app.events import EncodedEvent, StoredArray
from app.external.described import Continues
from app.external.packets import LARGEST_HEADER_BYTES, decode_packet, encode_packet, packets_in
from app.numerics import Numerics
from app.past import Handover, Past, as_recorded
from app.recipe import Recipe
from app.training.data import load_dataset
from app.training.instruction import Instruction
from app.training.loop import Training
from app.workers.messages import Command, Hold, Job, Leave, Report
from tests.reliability.small import small_recipe

NUMERICS = Numerics(version="1", numpy="2", blas="b", kernel="k", simd="s", cpu="c", host="node 7")


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    return small_recipe(steps=3)


@pytest.fixture(scope="module")
def told(recipe: Recipe, cache_folder: Path) -> list[EncodedEvent]:
    return list(Training(recipe, load_dataset(recipe, cache_folder), cache_folder).run())


@pytest.fixture
def report(told: list[EncodedEvent]) -> Report:
    return Report("run", told, 1.5, False, True, 3, b"odd", "why", 77, NUMERICS)


def test_a_report_comes_out_as_it_went_in(report: Report) -> None:
    assert report_in(decode_packet(report_packet(report)), "run") == report


def test_a_report_may_be_larger_than_a_request(report: Report) -> None:
    array = StoredArray("conv1/kernel", (3 * 2**20,), bytes(12 * 2**20))
    event = report.events[1]._replace(arrays=(array,))
    large = report._replace(events=[event] * 2, checkpoint=bytes(9 * 2**20 + 1))
    assert report_in(decode_packet(report_packet(large), LARGEST_REPORT_BYTES), "run") == large


def test_what_is_said_of_many_filters_may_be_longer_than_a_header(report: Report) -> None:
    events = report.events * 300
    assert sum(len(event.body) for event in events) > LARGEST_HEADER_BYTES
    many = report._replace(events=events)
    assert report_in(decode_packet(report_packet(many), LARGEST_REPORT_BYTES), "run") == many


def test_what_is_too_large_is_refused(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_wire, "LARGEST_REPORT_BYTES", 1000)
    with pytest.raises(ValueError, match="bytes"):
        report_packet(report)


def test_a_job_comes_out_with_what_has_to_be_told_again(
    recipe: Recipe, told: list[EncodedEvent]
) -> None:
    kept = [as_recorded(event, number) for number, event in enumerate(told, 1)]
    past = Past(3, 2.5, kept, b"state", 2, NUMERICS, 1)
    job = Job("run", recipe, past, Handover(Continues(run="other", step=9), b"end"))
    [packet] = packets_in(io.BytesIO(job_packet(job, 4)), LARGEST_JOB_BYTES)
    assert job_in(packet) == (job._replace(past=past._replace(kept=kept[2:])), 4)


def test_of_a_job_whose_checkpoint_is_its_last_word_that_it_began_is_known(
    recipe: Recipe, told: list[EncodedEvent]
) -> None:
    kept = [as_recorded(event, number) for number, event in enumerate(told, 1)]
    past = Past(3, 2.5, kept, b"state", len(kept), NUMERICS)
    [packet] = packets_in(io.BytesIO(job_packet(Job("run", recipe, past), 1)), LARGEST_JOB_BYTES)
    job, _ = job_in(packet)
    assert job.past is not None
    assert not job.past.is_bound(NUMERICS.model_copy(update={"cpu": "another"}))
    assert job.past.is_bound(NUMERICS.model_copy(update={"host": "another"}))


@pytest.mark.parametrize(
    "message",
    [
        Command(5, "run", Instruction("paused", 0.25, 3, 900)),
        Hold("run", True),
        Hold("run", False),
        Leave(),
    ],
)
def test_commands_come_out_as_they_went_in(message: Any) -> None:
    assert said_in(told_to_task(Said(8, message)), "run") == Said(8, message)


@pytest.mark.parametrize(
    "change",
    [
        {"events": "none"},
        {"events": [["run_finished", 3, -4, []]]},
        {"events": [["run_finished", 3, 10**9, []]]},
        {"events": [["run_finished", 3, 4, []]]},
        {"events": []},
        {"training_seconds": -1},
        {"training_seconds": None},
        {"checkpoint": -4},
        {"checkpoint": 10**9},
        {"numerics": {"version": 1}},
    ],
)
def test_what_is_no_report_is_refused(report: Report, change: dict[str, Any]) -> None:
    header, blob = decode_packet(report_packet(report))
    broken = decode_packet(b"".join(encode_packet({**header, **change}, [blob])))
    with pytest.raises(WireBroken):
        report_in(broken, "run")


@pytest.mark.parametrize(
    ("kind", "step", "body", "shapes"),
    [
        ("run_finished", 3, b'{"kind":"run_finished"}', []),
        ("run_finished", 3, b'{"kind":"run_stopped","step":3}', []),
        ("run_finished", -1, b'{"kind":"run_finished","step":3}', []),
        ("snapshot", 3, b"not JSON", []),
        ("snapshot", 3, b"\xff\xfe", []),
        ("run_finished", 3, b'{"kind":"run_finished","step":3}', [["a", [-1]]]),
        ("run_finished", 3, b'{"kind":"run_finished","step":3}', [["a", [10**9]]]),
    ],
)
def test_what_is_no_event_is_refused(
    report: Report, kind: str, step: int, body: bytes, shapes: list[Any]
) -> None:
    header, _ = decode_packet(report_packet(report))
    told = {**header, "events": [[kind, step, len(body), shapes]], "checkpoint": None}
    broken = decode_packet(b"".join(encode_packet(told, [padded(body)])))
    with pytest.raises(WireBroken):
        report_in(broken, "run")
