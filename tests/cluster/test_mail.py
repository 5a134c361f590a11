"""Attempts of tasks: who may tell a run, and what each is told."""

from concurrent.futures import Future

import pytest

from app.cluster.mail import AttemptOver, RemoteMail, ReportMissing
from app.training.instruction import Instruction
from app.workers.messages import Command, Hold, Job, Leave, Report
from tests.reliability.small import small_recipe

STOP = Command(7, "run", Instruction(status="stopped"))


def _report(answers: int | None = None) -> Report:
    return Report("run", [], 1.0, False, False, answers)


@pytest.fixture
def mail() -> RemoteMail:
    mail = RemoteMail(lambda: None, lambda: None)
    mail.send(Job("run", small_recipe()))
    return mail


def _recorded(mail: RemoteMail) -> Report:
    report = mail.take()
    assert report is not None
    on_disk: Future[None] = Future()
    on_disk.set_result(None)
    mail.noted(on_disk)
    return report


def test_a_task_is_submitted_when_its_job_is_known_so_that_one_that_asks_at_once_begins() -> None:
    begun: list[int] = []
    mail = RemoteMail(lambda: None, lambda: begun.append(mail.begin()[0]))
    with pytest.raises(AttemptOver):
        mail.begin()
    mail.send(Job("run", small_recipe()))
    assert begun == [1]


def test_a_report_that_is_sent_again_is_recorded_once(mail: RemoteMail) -> None:
    attempt, _ = mail.begin()
    first = mail.arrive(attempt, 1, _report())
    assert not first.done()
    _recorded(mail)
    assert first.done()
    assert mail.arrive(attempt, 1, _report()) is first
    assert mail.take() is None


def test_a_report_that_would_leave_a_gap_is_refused_with_the_one_that_is_wanted(
    mail: RemoteMail,
) -> None:
    attempt, _ = mail.begin()
    with pytest.raises(ReportMissing) as refused:
        mail.arrive(attempt, 3, _report())
    assert refused.value.wanted == 1


def test_a_new_attempt_shuts_the_one_before_out_and_waits_for_what_that_told(
    mail: RemoteMail,
) -> None:
    before, _ = mail.begin()
    mail.arrive(before, 1, _report())
    now, unrecorded = mail.begin()
    with pytest.raises(AttemptOver):
        mail.arrive(before, 2, _report())
    with pytest.raises(AttemptOver):
        mail.ask(before, 0, goes_on=True)
    assert [future.done() for future in unrecorded] == [False]
    _recorded(mail)
    assert unrecorded[0].done()
    mail.arrive(now, 1, _report())


def test_commands_are_said_again_until_they_are_answered(mail: RemoteMail) -> None:
    attempt, _ = mail.begin()
    mail.send(STOP)
    [said] = mail.ask(attempt, 0, goes_on=True)
    assert said.message == STOP
    assert mail.ask(attempt, said.number, goes_on=True) == []
    again, _ = mail.begin()
    assert [one.message for one in mail.ask(again, 0, goes_on=True)] == [STOP]
    mail.arrive(again, 1, _report(answers=7))
    assert mail.ask(again, 0, goes_on=True) == []


def test_a_stop_before_any_task_has_begun_is_answered_at_once(mail: RemoteMail) -> None:
    mail.send(STOP)
    report = _recorded(mail)
    assert [event.kind for event in report.events] == ["run_stopped"]
    assert report.is_over
    assert report.answers == 7
    with pytest.raises(AttemptOver):
        mail.begin()


def test_only_the_last_word_about_holding_counts(mail: RemoteMail) -> None:
    attempt, _ = mail.begin()
    mail.send(Hold("run", True))
    mail.send(Hold("run", False))
    assert [one.message for one in mail.ask(attempt, 0, goes_on=True)] == [Hold("run", False)]


def test_a_server_that_leaves_shuts_the_task_out_but_takes_what_has_come(mail: RemoteMail) -> None:
    attempt, _ = mail.begin()
    arrived = mail.arrive(attempt, 1, _report())
    mail.send(Leave())
    assert mail.has_ended
    with pytest.raises(AttemptOver):
        mail.arrive(attempt, 2, _report())
    _recorded(mail)
    assert arrived.done()
    assert arrived.exception() is None


def test_whoever_waits_for_a_report_that_nobody_takes_is_told_so(mail: RemoteMail) -> None:
    attempt, _ = mail.begin()
    arrived = mail.arrive(attempt, 1, _report())
    mail.end()
    mail.forget()
    assert isinstance(arrived.exception(), AttemptOver)


def test_a_task_that_has_not_begun_is_not_silent(mail: RemoteMail) -> None:
    assert mail.silent_seconds == 0
    attempt, _ = mail.begin()
    silent = mail.silent_seconds
    mail.ask(attempt, 0, goes_on=False)
    assert mail.silent_seconds >= silent
