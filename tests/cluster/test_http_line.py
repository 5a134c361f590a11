"""A worker's patience with a server that is away, or slow."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.cluster import http_line
from app.cluster.http_line import HttpLine
from app.cluster.server_question import NotNow, ServerQuestion, ShutOut

_SOON = 0.001


class Server:
    """Answers, or not, as a script says; each question takes the seconds that it names."""

    def __init__(self, *script: tuple[float, str]) -> None:
        self.now = 0.0
        self.answered = 0
        self.answered_at = 0.0
        self.asked = 0
        self._script: Iterator[tuple[float, str]] = iter(script)

    def ask(self) -> None:
        """Is what a line asks."""
        self.asked += 1
        seconds, outcome = next(self._script)
        self.now += seconds
        if outcome.endswith("piece"):
            self.answered, self.answered_at = self.answered + 1, self.now
        if outcome == "the last piece":  # and the whole isn't recorded in time
            self.now += 20.0
        if outcome != "answered":
            raise NotNow("refused", _SOON)
        self.answered += 1


@pytest.fixture
def patiently(monkeypatch: pytest.MonkeyPatch) -> Callable[[Server], None]:
    def asked(server: Server) -> None:
        clock = SimpleNamespace(monotonic=lambda: server.now)
        monkeypatch.setattr(http_line, "time", clock)
        line = HttpLine(cast(ServerQuestion, cast(Any, server)), "run", 1, "host")
        line._patiently(server.ask)

    return asked


def test_a_server_that_is_back_within_a_minute_is_asked_again(
    patiently: Callable[[Server], None],
) -> None:
    server = Server(*[(5.0, "away")] * 12, (1.0, "answered"))
    patiently(server)
    assert server.asked == 13


def test_a_server_that_is_away_for_a_minute_is_given_up(
    patiently: Callable[[Server], None],
) -> None:
    server = Server(*[(5.0, "away")] * 20)
    with pytest.raises(ShutOut, match="the server is away"):
        patiently(server)
    assert server.now == 5.0 + 60.0  # it was found away after the first five


def test_the_time_that_a_large_report_took_is_not_taken_for_absence(
    patiently: Callable[[Server], None],
) -> None:
    server = Server((300.0, "a piece"), (300.0, "a piece"), (300.0, "answered"))
    patiently(server)
    assert server.asked == 3


def test_a_report_that_is_never_recorded_though_all_its_pieces_are_taken_is_given_up(
    patiently: Callable[[Server], None],
) -> None:
    server = Server(*[(300.0, "the last piece")] * 10)
    with pytest.raises(ShutOut, match="the server is away"):
        patiently(server)
    assert server.asked == 4  # a minute after it was first found not to be recorded


def test_a_report_of_which_more_is_taken_each_time_is_sent_again(
    patiently: Callable[[Server], None],
) -> None:
    away = (50.0, "away")
    server = Server(away, away, (1.0, "a piece"), away, (1.0, "answered"))
    patiently(server)
    assert server.asked == 5
