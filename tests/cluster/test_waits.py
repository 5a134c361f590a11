"""A run on a cluster waits in line until a worker there has it, and again where that is lost."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.cluster import task_place
from app.cluster.mail import RemoteMail
from app.cluster.notices import Where
from app.cluster.pool import ClusterPool
from app.cluster.scheduler_link import SchedulerLink
from app.cluster.task_place import TaskPlace
from app.workers.messages import Report
from app.workers.server_events import status
from app.workers.supervisor import NotPossible, Supervisor
from tests.workers.keeper import PATIENCE_SECONDS, Log, recipe, statuses


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    clock = SimpleNamespace(now=100.0)
    clock.monotonic = lambda: clock.now
    monkeypatch.setattr(task_place, "time", clock)
    return clock


def test_a_task_is_nowhere_until_an_attempt_begins(clock: SimpleNamespace) -> None:
    place = TaskPlace()
    assert not place.is_at_worker
    place.give("tcp://a:1")
    assert not place.is_at_worker
    place.begin("tcp://a:1")
    assert place.is_at_worker


def test_one_that_asks_nothing_is_where_the_scheduler_knows_it(clock: SimpleNamespace) -> None:
    place = TaskPlace()
    place.begin("tcp://a:1")
    place.give("tcp://a:1")
    clock.now += 60
    assert place.is_at_worker
    place.give("tcp://b:1")
    assert not place.is_at_worker


def test_one_that_asks_is_there_whatever_the_scheduler_says(clock: SimpleNamespace) -> None:
    place = TaskPlace()
    place.begin("tcp://a:1")
    place.give(None)
    for _ in range(5):
        clock.now += 4
        place.hear()
        assert place.is_at_worker
    clock.now += 6
    assert not place.is_at_worker


class _Link(SchedulerLink):
    """A link that nobody is at the other end of; a cluster of one thread."""

    def submit(self, lease: str) -> None:
        self.lease = lease

    def open(self, *_told: object) -> None:
        pass

    def close(self, deadline: float) -> None:
        pass


@pytest.fixture
def pool() -> ClusterPool:
    return ClusterPool(_Link(Where("tcp://here:1", "http://here", None)))


@pytest.fixture
def supervisor(log: Log, pool: ClusterPool, tmp_path: Path) -> Iterator[Supervisor]:
    supervisor = Supervisor(
        archive=log, runs_at_once=1, cache_folder=tmp_path, make_pool=pool.made_for
    )
    supervisor.open()
    yield supervisor
    supervisor.close(1)


@pytest.fixture
def log() -> Log:
    return Log()


def test_a_run_that_goes_on_is_queued_until_a_worker_has_it_and_when_that_is_lost(
    log: Log, pool: ClusterPool, supervisor: Supervisor, clock: SimpleNamespace
) -> None:
    log.record("a", [status("running", 7)], 1.0)
    supervisor.resume("a", recipe(20), 7, 1.0, of_sweep=True).result(PATIENCE_SECONDS)
    mail = _mail_of(log, pool)
    with pytest.raises(NotPossible, match="waits for its turn"):
        supervisor.command("a", status="paused").result(PATIENCE_SECONDS)
    told = [("running", None), ("queued", "restart")]
    assert statuses(log, "a") == told
    mail.begin("tcp://a:1")
    told.append(("running", "restart"))
    log.wait_for(lambda: statuses(log, "a") == told)
    clock.now += 60
    mail.place(None)
    told.append(("queued", "worker_died"))
    log.wait_for(lambda: statuses(log, "a") == told)
    mail.begin("tcp://b:1")
    told.append(("running", "worker_died"))
    log.wait_for(lambda: statuses(log, "a") == told)
    clock.now += 60
    mail.place(None)
    log.wait_for(lambda: len(statuses(log, "a")) == len(told) + 1)
    supervisor.command("a", status="stopped").result(PATIENCE_SECONDS)
    assert log.of("a")[-1].kind == "run_stopped"


def test_of_a_new_run_only_its_task_tells(
    log: Log, pool: ClusterPool, supervisor: Supervisor
) -> None:
    supervisor.start("a", recipe(20))
    mail = _mail_of(log, pool)
    attempt, _ = mail.begin("tcp://a:1")
    started = status("running", 0)._replace(kind="run_started")
    mail.arrive(attempt, 1, Report("a", [started], 1.0, False, False))
    log.wait_for(lambda: bool(log.of("a")))
    assert [event.kind for event in log.of("a")] == ["run_started"]


def _mail_of(log: Log, pool: ClusterPool) -> RemoteMail:
    """Waits until the run has a lease, and its job."""
    with log.changed:

        def has_job() -> bool:
            workers = pool._all()
            return bool(workers) and workers[0].mail.job is not None

        while not has_job():
            log.changed.wait(0.01)
    return pool._all()[0].mail
