"""Room for bodies: bounded, in order, and never lost by who leaves."""

import asyncio
from collections.abc import Coroutine

import pytest

from app.web.problems import Problem
from app.web.room import Room

_SOON_SECONDS = 0.05
_LATE_SECONDS = 10.0


class Hall:
    """A room of ten bytes, and who is in it."""

    def __init__(self, patience_seconds: float = _LATE_SECONDS, most_waiting: int = 100) -> None:
        self.room = Room(10, most_waiting, patience_seconds)
        self.order: list[str] = []
        self.inside: dict[str, asyncio.Event] = {}
        self.used = self.most = 0

    async def visit(self, name: str, size: int) -> None:
        """Goes in and stays until told to leave."""
        leave = self.inside[name] = asyncio.Event()
        async with self.room.taken(size):
            self.order.append(name)
            self.used += size
            self.most = max(self.most, self.used)
            await leave.wait()
            self.used -= size


async def _settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def _run(trying: Coroutine[None, None, None]) -> None:
    asyncio.run(asyncio.wait_for(trying, _LATE_SECONDS))


def test_room_is_given_in_order_and_never_more_than_there_is() -> None:
    async def tried() -> None:
        hall = Hall()
        sizes = {"a": 6, "b": 4, "c": 8, "d": 1, "e": 1}
        visits = [asyncio.ensure_future(hall.visit(*visit)) for visit in sizes.items()]
        await _settle()
        assert hall.order == ["a", "b"], "the small ones don't pass by the large one before them"
        hall.inside["b"].set()
        await _settle()
        assert hall.order == ["a", "b"]
        hall.inside["a"].set()
        await _settle()
        assert hall.order == ["a", "b", "c", "d", "e"]
        for leave in hall.inside.values():
            leave.set()
        await asyncio.gather(*visits)
        assert (hall.most, hall.room._free) == (10, 10)

    _run(tried())


def test_who_is_cut_while_waiting_or_at_the_moment_of_their_turn_takes_no_room_along() -> None:
    async def tried() -> None:
        hall = Hall()
        visits = {
            name: asyncio.ensure_future(hall.visit(name, size))
            for name, size in {"a": 10, "b": 10, "c": 5, "d": 5}.items()
        }
        await _settle()
        visits["c"].cancel()
        await _settle()
        hall.inside["a"].set()
        while len(hall.room._line) > 1:
            await asyncio.sleep(0)
        visits["b"].cancel()  # whose turn has come, though it doesn't know yet
        await _settle()
        assert hall.order == ["a", "d"]
        hall.inside["d"].set()
        await asyncio.gather(*visits.values(), return_exceptions=True)
        assert hall.room._free == 10

    _run(tried())


@pytest.mark.parametrize(("patience", "most"), [(_SOON_SECONDS, 100), (_LATE_SECONDS, 0)])
def test_who_would_wait_too_long_is_told_to_come_again(patience: float, most: int) -> None:
    async def tried() -> None:
        hall = Hall(patience, most)
        first = asyncio.ensure_future(hall.visit("a", 10))
        await _settle()
        with pytest.raises(Problem) as refused:
            await hall.visit("b", 1)
        assert (refused.value.status, refused.value.headers) == (503, {"Retry-After": "2"})
        hall.inside["a"].set()
        await first
        assert hall.room._free == 10

    _run(tried())
