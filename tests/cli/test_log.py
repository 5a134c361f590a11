import logging
from collections.abc import Iterator

import pytest

from app.cli.log import MergeRepeated


class _Log:
    """A logger with what it wrote, and a clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.written: list[str] = []
        self.merging = MergeRepeated(lambda: self.now)
        self.logger = logging.getLogger("test-of-merging")
        self.handler = logging.Handler()
        self.handler.addFilter(self.merging)
        self.handler.emit = lambda record: self.written.append(record.getMessage())  # type: ignore[method-assign]
        self.logger.addHandler(self.handler)


@pytest.fixture
def log() -> Iterator[_Log]:
    made = _Log()
    yield made
    made.logger.removeHandler(made.handler)


def test_what_is_repeated_is_written_once_and_counted(log: _Log) -> None:
    for _ in range(1000):
        log.logger.warning("no room")
    log.merging.report()
    assert log.written == ["no room"]
    log.now = 61
    log.merging.report()
    assert log.written == ["no room", "no room (999 more like this in 61 s)"]
    log.merging.report(is_last=True)
    assert len(log.written) == 2


def test_a_few_that_differ_in_details_are_written(log: _Log) -> None:
    for number in range(100):
        log.logger.warning("run %s waits", number)
    log.logger.warning("another thing")
    assert log.written == [*(f"run {number} waits" for number in range(4)), "another thing"]
    log.merging.report(is_last=True)
    assert log.written[-1] == "run 99 waits (96 more like this in 0 s)"


def test_after_a_minute_it_is_written_again(log: _Log) -> None:
    log.logger.warning("no room")
    log.now = 60
    log.merging.report()
    log.logger.warning("no room")
    assert log.written == ["no room", "no room"]


def test_exceptions_raised_at_different_places_are_different(log: _Log) -> None:
    def first() -> None:
        raise KeyError("first")

    def second() -> None:
        raise KeyError("second")

    for fail in (first, second, first, second):
        try:
            fail()
        except KeyError:
            log.logger.exception("it broke")
    assert log.written == ["it broke", "it broke"]
