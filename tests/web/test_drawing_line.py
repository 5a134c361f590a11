"""Drawings that wait together are looked at together, and nobody waits for long."""

import asyncio
import errno
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import ClientDisconnect

from app.inspection import drawn
from app.inspection.refused import Missing
from app.inspection.subject import Subject
from app.web import drawing_costs, drawing_line, numeric
from app.web.aside import AsideFailed
from app.web.drawing_costs import DrawingCosts
from app.web.drawing_line import AskedNetwork, DrawingLine, Told
from app.web.problems import Problem

ONE, OTHER = AskedNetwork("one", "300"), AskedNetwork("other", "0")


class Looking:
    """Answers each drawing with its own bytes, when it is told to; notes what came together."""

    def __init__(self, at_most: int = 100) -> None:
        self.batches: list[tuple[str, list[Any]]] = []
        self.may = asyncio.Event()
        self._at_most = at_most

    async def __call__(self, network: AskedNetwork, questions: list[Any]) -> list[Told]:
        self.batches.append((network.run_id, questions))
        await self.may.wait()
        return [_told(question) for question in questions[: self._at_most]]


def _told(question: Any) -> Told:
    return ValueError(question) if question == "odd" else str(question).encode()


def _asked(
    line: DrawingLine, *drawings: Any, of: AskedNetwork = ONE, has_left: Callable[[], bool] = bool
) -> list["asyncio.Task[bytes]"]:
    return [asyncio.create_task(line.answer(of, drawing, has_left)) for drawing in drawings]


async def _begun(looking: Looking) -> None:
    while not looking.batches:
        await asyncio.sleep(0)


def test_those_who_wait_together_are_looked_at_together_and_networks_take_turns() -> None:
    async def lesson() -> None:
        looking = Looking()
        line = DrawingLine(looking)
        asked = _asked(line, "first")
        await _begun(looking)
        asked += _asked(line, *range(40)) + _asked(line, "a", "b", of=OTHER)
        await asyncio.sleep(0)
        assert len(line) == 43
        looking.may.set()
        told = await asyncio.gather(*asked)
        assert told == [b"first", *(str(number).encode() for number in range(40)), b"a", b"b"]
        most = drawing_line.MOST_TOGETHER
        together = [("one", list(range(most))), ("other", ["a", "b"])]
        assert looking.batches[1:] == [*together, ("one", list(range(most, 40)))]
        assert len(line) == 0

    asyncio.run(lesson())


def test_those_for_whom_there_was_no_time_come_next_in_their_order() -> None:
    async def lesson() -> None:
        looking = Looking(at_most=2)
        looking.may.set()
        line = DrawingLine(looking)
        assert await asyncio.gather(*_asked(line, 1, 2, 3, 4, 5)) == [b"1", b"2", b"3", b"4", b"5"]
        assert [drawings for _, drawings in looking.batches] == [[1, 2, 3, 4, 5], [3, 4, 5], [5]]

    asyncio.run(lesson())


def test_what_is_wrong_with_one_is_told_to_that_one_alone() -> None:
    async def lesson() -> None:
        looking = Looking()
        looking.may.set()
        told = await asyncio.gather(
            *_asked(DrawingLine(looking), 1, "odd", 2), return_exceptions=True
        )
        assert (told[0], told[2]) == (b"1", b"2")
        assert isinstance(told[1], ValueError)

    asyncio.run(lesson())


def test_a_batch_that_fails_is_told_to_all_in_it_and_the_next_is_looked_at() -> None:
    async def look(network: AskedNetwork, questions: list[Any]) -> list[Told]:
        if network == ONE:
            raise LookupError("there is no such run")
        return [_told(question) for question in questions]

    async def lesson() -> None:
        line = DrawingLine(look)
        asked = _asked(line, 1, 2) + _asked(line, 3, of=OTHER)
        told = await asyncio.gather(*asked, return_exceptions=True)
        assert [type(one) for one in told] == [LookupError, LookupError, bytes]
        assert told[0] is not told[1], "each would be raised with the other's way"

    asyncio.run(lesson())


@pytest.mark.parametrize(
    "problem",
    [
        Problem(404, "run_unknown", "There is none.", field="run_id", headers={"X": "1"}),
        Missing("It was deleted meanwhile", "no_snapshot", limit=3),
        OSError(errno.ENOSPC, "no room"),
        AsideFailed("it died"),
        MemoryError(),
    ],
)
def test_all_in_a_batch_that_fails_are_told_the_same(problem: Exception) -> None:
    async def look(_network: AskedNetwork, _questions: list[Any]) -> list[Told]:
        raise problem

    async def lesson() -> None:
        asked = _asked(DrawingLine(look), 1, 2)
        told = await asyncio.gather(*asked, return_exceptions=True)
        assert told[0] is not told[1]
        for one in told:
            assert isinstance(one, Exception)
            assert one.__cause__ is problem, "the log is to say where it happened"
            assert (type(one), one.args, vars(one)) == (type(problem), problem.args, vars(problem))
            assert getattr(one, "errno", None) == getattr(problem, "errno", None)

    asyncio.run(lesson())


def test_a_batch_of_which_nothing_is_told_fails_rather_than_wait_for_ever() -> None:
    async def look(network: AskedNetwork, questions: list[Any]) -> list[Told]:
        return [] if network == ONE else [_told(question) for question in questions]

    async def lesson() -> None:
        line = DrawingLine(look)
        asked = _asked(line, 1, 2) + _asked(line, 3, of=OTHER)
        told = asyncio.gather(*asked, return_exceptions=True)
        kinds = [type(one) for one in await asyncio.wait_for(told, 30)]
        assert kinds == [RuntimeError, RuntimeError, bytes]
        assert len(line) == 0

    asyncio.run(lesson())


def test_nobody_looks_at_a_drawing_whose_phone_has_left() -> None:
    async def lesson() -> None:
        looking = Looking()
        line = DrawingLine(looking)
        asked = _asked(line, "first")
        await _begun(looking)
        asked += _asked(line, "gone", has_left=lambda: True) + _asked(line, "stays", "given up")
        await asyncio.sleep(0)
        asked[-1].cancel()
        looking.may.set()
        told = await asyncio.gather(*asked, return_exceptions=True)
        assert [told[0], told[2]] == [b"first", b"stays"]
        assert isinstance(told[1], ClientDisconnect)
        assert [drawings for _, drawings in looking.batches] == [["first"], ["stays"]]

    asyncio.run(lesson())


def test_a_line_is_full_while_a_batch_takes_long_and_while_drawings_have_taken_long() -> None:
    async def lesson() -> None:
        now = [0.0]
        looking = Looking()
        line = DrawingLine(looking, clock=lambda: now[0])
        first = _asked(line, "first")
        await _begun(looking)
        assert not line.is_full
        now[0] += 2 * drawing_line.MOST_WAIT_SECONDS
        assert line.is_full
        looking.may.set()
        await first[0]
        assert not line.is_full
        looking.may.clear()
        slow = _asked(line, *range(10))
        await asyncio.sleep(0)
        assert line.is_full  # ten of those are expected to take half a second
        looking.may.set()
        await asyncio.gather(*slow)

    asyncio.run(lesson())


def test_a_slow_network_and_refusals_say_nothing_of_how_long_a_fast_one_takes() -> None:
    now = [0.0]

    async def look(network: AskedNetwork, questions: list[Any]) -> list[Told]:
        now[0] += 5.0 if network == OTHER or "odd" in questions else 0.001 * len(questions)
        await asyncio.sleep(0)
        return [_told(question) for question in questions]

    async def lesson() -> None:
        line = DrawingLine(look, clock=lambda: now[0])
        for number in range(20):
            await asyncio.gather(*_asked(line, number))
        await asyncio.gather(*_asked(line, "slow", of=OTHER))
        await asyncio.gather(*_asked(line, "odd"), return_exceptions=True)
        fast = _asked(line, *range(30))
        await asyncio.sleep(0)
        assert (len(line), line.is_full) == (30, False)
        await asyncio.gather(*fast)
        slow = _asked(line, "slow", of=OTHER)
        await asyncio.sleep(0)
        assert line.is_full
        await asyncio.gather(*slow)

    asyncio.run(lesson())


def test_what_a_drawing_takes_is_remembered_of_few_networks_those_asked_last() -> None:
    costs, most = DrawingCosts(), drawing_costs.MOST_NETWORKS
    for number in range(most):
        costs.note(AskedNetwork("run", str(number)), 8.0, 8)
    costs.note(AskedNetwork("run", "0"), 8.0, 8)
    costs.note(ONE, 8.0, 8)
    assert len(costs) == most
    assert costs.of(AskedNetwork("run", "1")) == drawing_costs.FIRST_GUESS_SECONDS
    assert costs.of(AskedNetwork("run", "0")) > costs.of(ONE) > drawing_costs.FIRST_GUESS_SECONDS


def test_few_wait_as_long_as_nobody_knows_how_long_it_takes() -> None:
    async def lesson() -> None:
        looking = Looking()
        line = DrawingLine(looking, clock=lambda: 0.0)
        asked: list[asyncio.Task[bytes]] = []
        while not line.is_full:
            asked += _asked(line, len(asked))
            await asyncio.sleep(0)
        assert 4 <= len(asked) <= 16
        looking.may.set()
        await asyncio.gather(*asked)

    asyncio.run(lesson())


def test_a_line_is_full_when_many_wait_however_fast_they_are() -> None:
    async def lesson() -> None:
        looking = Looking()
        looking.may.set()
        line = DrawingLine(looking, clock=lambda: 0.0)
        for number in range(40):  # which take no time at all
            await asyncio.gather(*_asked(line, number))
        looking.may.clear()
        asked = _asked(line, *range(drawing_line.MOST_WAITING - 1))
        await asyncio.sleep(0)
        assert not line.is_full
        asked += _asked(line, "last")
        await asyncio.sleep(0)
        assert line.is_full
        looking.may.set()
        await asyncio.gather(*asked)
        assert not line.is_full

    asyncio.run(lesson())


def _answer_of(size: int) -> dict[str, Any] | Exception:
    if size < 0:
        return {"text": float("nan")}
    return {"text": "x" * size} if size else KeyError("none")


class _Answers(numeric.Question):
    def __call__(self, *sizes: int) -> Iterator[dict[str, Any] | Exception]:
        yield from map(_answer_of, sizes)


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ((1, 0, 2), [21, KeyError, 22]),
        ((1, -1, 2), [21, ValueError, 22]),  # of NaN, which isn't JSON
        ((150_000, 150_000, 1), [150_020, 150_020]),  # more isn't passed on together
        ((300_000, 1), [numeric.TooLarge, 21]),
    ],
)
def test_answers_are_written_one_by_one_as_far_as_there_is_room(
    sizes: tuple[int, ...], told: list[Any]
) -> None:
    each = numeric.TellingEach(_Answers("tests", "answers"), {"step": 7})(*sizes)
    assert [len(one) if isinstance(one, bytes) else type(one) for one in each] == told
    assert isinstance(each[0], Exception) or each[0].startswith(b'{"step":7,"text":"x')


def test_a_drawing_for_which_there_is_no_memory_leaves_the_others_theirs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def activations_of(_subject: Subject, _layers: Any, question: dict[str, Any]) -> Any:
        if (problem := question["problem"]) is not None:
            raise problem
        return {"label": 7}

    monkeypatch.setattr(drawn, "activations_of", activations_of)
    problems = [None, MemoryError(), None, ValueError("odd"), None]
    subject = Subject(Path("runs.sqlite"), Path("cache"), "run", 300)
    told = list(drawn.drawn_of(subject, [{"problem": problem} for problem in problems]))
    assert told == [problem or {"label": 7} for problem in problems]
