"""Servers that are slow, hung, dead, back, busy or refuse: the training never notices."""

import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.client.pace import Pace
from app.client.run import WatchedRun
from app.client.waiting import MOST_BYTES
from app.external.packets import packets_in
from tests.client.quick import FAST, watched
from tests.client.stub_server import Reply, StubServer, error
from tests.client.training import Training
from tests.waiting import wait_until

KERNEL = np.ones((3, 3, 1, 2), "f4")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files go that no server takes."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [line.removeprefix("filterscope: ") for line in capsys.readouterr().err.splitlines()]


def items_in(file: Path) -> list[dict[str, Any]]:
    """All items in a file, whose batches follow each other without a gap."""
    items: list[dict[str, Any]] = []
    first = None
    with file.open("rb") as opened:
        for packet in packets_in(opened):
            if "items" in packet.header:
                first = packet.header["first"] if first is None else first
                assert packet.header["first"] == first + len(items)
                items += packet.header["items"]
    return items


def train(run: WatchedRun, training: Training, steps: range) -> None:
    for step in steps:
        run.step(training.kernels, step=step, loss=training.loss)
        training.update()


def assert_all_arrived(stub: StubServer, training: Training, count: int) -> None:
    assert set(stub.values()) == set(range(count))
    assert stub.steps()[0] == 0
    assert stub.steps() == sorted(set(stub.steps()))
    for step in stub.steps():
        assert np.array_equal(stub.arrays[step][0, "kernel"], training.kept[step])


def test_a_server_that_takes_its_time_holds_up_nothing(stub: StubServer) -> None:
    may_answer, training = threading.Event(), Training()
    stub.before = lambda path: may_answer.wait(30) and None
    run = watched(stub.url, FAST._replace(answer=30))
    train(run, training, range(80))
    assert not stub.items
    may_answer.set()
    run.close()
    assert_all_arrived(stub, training, 80)
    assert stub.has_ended


def test_what_happens_while_the_server_is_away_arrives_when_it_is_back(
    stub: StubServer, capsys: pytest.CaptureFixture[str]
) -> None:
    training = Training()
    run = watched(stub.url)
    train(run, training, range(20))
    wait_until(lambda: len(stub.values()) == 20)
    stub.close()
    train(run, training, range(20, 60))
    said: list[str] = []
    wait_until(lambda: bool(said.extend(lines(capsys)) or len(said) > 1))
    stub.come_back()
    train(run, training, range(60, 100))
    wait_until(lambda: len(stub.values()) == 100)
    run.close()
    assert_all_arrived(stub, training, 100)
    assert stub.has_ended
    said += lines(capsys)
    assert [line.partition(" (")[0] for line in said] == [
        f"this run is shown at {stub.url}/runs/r1",
        "the server takes nothing now",
        "the server answers again and gets what waited",
    ]
    assert "nobody listens there" in said[1]


def test_a_batch_whose_answer_was_lost_counts_once(stub: StubServer) -> None:
    training = Training()
    run = watched(stub.url)
    run.step(training.kernels, step=0)
    wait_until(lambda: stub.steps() == [0])
    stub.answers_to_lose = 3
    training.update()
    train(run, training, range(1, 30))
    run.close()
    assert stub.answers_to_lose == 0
    assert set(stub.values()) == set(range(1, 30))
    assert stub.steps() == sorted(set(stub.steps()))
    assert len(stub.items) == len({item["kind"] + str(item["step"]) for item in stub.items})


def test_a_connection_that_idles_away_is_opened_anew_without_a_word(
    stub: StubServer, capsys: pytest.CaptureFixture[str]
) -> None:
    run = watched(stub.url)
    run.step(KERNEL)
    wait_until(lambda: stub.steps() == [0])
    for connection in stub.connections:
        connection.shutdown(2)
    run.step(KERNEL)
    wait_until(lambda: stub.steps() == [0, 1])
    run.close()
    assert len(lines(capsys)) == 1


def test_a_busy_server_is_asked_again_when_it_says(stub: StubServer) -> None:
    busy = [error(429, "too_many", **{"Retry-After": "0.4"}), error(503, "full"), None]
    stub.before = lambda path: busy.pop(0) if busy else None
    run = watched(stub.url)
    run.step(KERNEL)
    wait_until(lambda: stub.steps() == [0])
    run.close()
    assert stub.times[1] - stub.times[0] >= 0.4


@pytest.mark.parametrize("at_start", [True, False])
@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "token_missing"),
        (403, "cross_site"),
        (409, "attempt_over"),
        (409, "gap"),
        (410, "run_deleted"),
        (413, "too_large"),
        (422, "shape"),
    ],
)
def test_a_refusal_is_said_in_one_line_and_ends_it(
    stub: StubServer, capsys: pytest.CaptureFixture[str], status: int, code: str, at_start: bool
) -> None:
    def refuse(path: str) -> Reply | None:
        return error(status, code) if at_start or "/batches/" in path else None

    stub.before = refuse
    run = watched(stub.url)
    run.step(KERNEL, loss=1)
    wait_until(lambda: run.is_over)
    asked = len(stub.requests)
    run.step(KERNEL, loss=1)
    run.log(loss=2)
    run.close()
    assert len(stub.requests) == asked == (1 if at_start else 2)
    said = lines(capsys)
    assert len(said) == (1 if at_start else 2)
    assert said[-1].startswith(f"the server refuses this run: It is {code}.")
    assert said[-1].endswith("Training goes on unwatched")
    assert not list(Path.cwd().iterdir())


def test_another_process_goes_on_under_the_same_key(stub: StubServer) -> None:
    before, after = Training(), Training()
    first = watched(stub.url)
    train(first, before, range(20))
    first.close(outcome="stopped")
    second = watched(stub.url, key=first.key, from_step=20)
    for _ in range(20):
        after.update()
    train(second, after, range(20, 40))
    second.close()
    assert (stub.attempt, stub.from_step) == (2, 20)
    assert set(stub.values()) == set(range(40))
    assert stub.steps() == sorted(set(stub.steps()))
    assert [item["kind"] for item in stub.items].count("end") == 2


def test_the_older_of_two_processes_is_told_that_it_is_over(
    stub: StubServer, capsys: pytest.CaptureFixture[str]
) -> None:
    older = watched(stub.url)
    older.step(KERNEL)
    wait_until(lambda: stub.steps() == [0])
    newer = watched(stub.url, key=older.key, from_step=1)
    newer.step(KERNEL, step=1)
    wait_until(lambda: stub.steps() == [0, 1])
    older.step(KERNEL, step=1)
    wait_until(lambda: older.is_over)
    newer.close()
    older.close()
    assert any("attempt_over" in line for line in lines(capsys))
    assert stub.steps("end") == [1]


def test_a_hung_server_costs_no_more_than_three_seconds_at_the_end(
    stub: StubServer, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hangs, released, training = threading.Event(), threading.Event(), Training()
    run = watched(stub.url, Pace(gather=0.01, rows=0.02))  # waits 10 s for each answer
    train(run, training, range(10))
    wait_until(lambda: len(stub.values()) == 10)
    arrived = stub.next
    stub.before = lambda path: (hangs.set() or released.wait(60)) and None
    train(run, training, range(10, 50))
    wait_until(hangs.is_set)
    began = time.monotonic()
    run.close()
    assert time.monotonic() - began < 8  # three, on cores that others use, and not one answer's ten
    released.set()
    file = folder / "mine.fscope"
    assert run.file is not None
    assert run.file.resolve() == file.resolve()
    with file.open("rb") as opened:
        packets = list(packets_in(opened))
    assert packets[0].header["registration"] == stub.registrations[0]
    assert packets[0].header["key"] == run.key
    assert packets[1].header["first"] == arrived
    kept = items_in(file)
    assert [s for item in kept if item["kind"] == "steps" for s in item["step"]] == [*range(10, 50)]
    assert kept[-1]["kind"] == "end"
    assert "upload mine.fscope` sends it" in lines(capsys)[-1]


def test_where_no_server_answers_the_run_is_kept_in_a_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with StubServer() as gone:
        url = gone.url
    training = Training()
    run = watched(url, total_steps=30, name="Mein Netz / 1")
    train(run, training, range(30))
    run.close()
    (file,) = folder.iterdir()
    assert file.name == "Mein Netz - 1.fscope"
    kept = items_in(file)
    snapshots = [item["step"] for item in kept if item["kind"] == "snapshot"]
    assert snapshots[0] == 0
    assert snapshots[-1] == 30
    with file.open("rb") as opened:
        packets = list(packets_in(opened))[1:]
    blobs = b"".join(bytes(packet.blob) for packet in packets)
    assert blobs.startswith(training.kept[0].tobytes())
    assert kept[-1]["kind"] == "end"
    said = lines(capsys)
    assert len(said) == 2
    assert said[0].startswith(f"no Filterscope answers at {url}")
    assert f"open {run.file}` shows it" in said[1]


def test_another_program_at_the_address_gets_no_weights(stub: StubServer, folder: Path) -> None:
    stub.before = lambda path: error(404, "not_found")
    run = watched(stub.url)
    run.step(KERNEL)
    run.close()
    assert [path.count("/batches/") for _, path, _ in stub.requests] == [0]
    assert [item["kind"] for item in items_in(folder / "mine.fscope")] == ["snapshot", "end"]


def test_a_file_that_is_there_is_never_written_to(folder: Path) -> None:
    (folder / "film.fscope").write_bytes(b"somebody's")
    for _ in range(2):
        run = watched("film.fscope")
        run.step(KERNEL)
        run.close()
    assert (folder / "film.fscope").read_bytes() == b"somebody's"
    assert len(items_in(folder / "film-2.fscope")) == len(items_in(folder / "film-3.fscope")) == 2


def test_where_a_file_cannot_be_it_lies_among_the_temporary_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    run = watched("there/is/no/such/folder/film.fscope")
    run.step(KERNEL)
    run.close()
    assert run.file == tmp_path / "film.fscope"
    assert len(items_in(tmp_path / "film.fscope")) == 2


def test_snapshots_in_the_middle_give_way_when_there_is_no_more_room(stub: StubServer) -> None:
    """The first and the newest never do, and those that stay lie evenly."""
    may_answer = threading.Event()
    stub.before = lambda path: may_answer.wait(30) and None
    run = watched(stub.url, FAST._replace(answer=30))
    large = np.ones((7, 7, 64, 256), "f4")  # 3 MiB
    steps = [0, 1, 2, 5, 10, 20, 30, 50, 70, 100, 150, 200, 300, 400, 500, 700, 1000, 1500, 2000]
    for step in steps:
        run.step(large, step=step, last=True, loss=step)
        assert run._waiting.nbytes <= MOST_BYTES
    may_answer.set()
    wait_until(lambda: not run._waiting)
    run.close()
    assert stub.steps()[0] == 0
    assert stub.steps()[-1] == 2000
    assert stub.left_out == len(steps) - len(stub.steps()) > 5
    on_axis = np.log1p(np.array(stub.steps()) / 5)
    assert np.diff(on_axis).max() < 1.8
    assert set(stub.values()) == set(steps)


def test_a_run_with_nothing_to_tell_says_that_it_lives(stub: StubServer) -> None:
    run = watched(stub.url, FAST._replace(life=0.1))
    run.step(KERNEL)
    wait_until(lambda: len(stub.requests) > 4)
    run.close()
    assert [item["kind"] for item in stub.items] == ["snapshot", "end"]
