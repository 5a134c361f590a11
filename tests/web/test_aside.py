"""The process aside: who waits for it, who gives up, and what becomes of one that is stuck."""

import asyncio
import math
import os
import signal
import sys
import time
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import pytest

from app.inspection.cache import CACHE
from app.web import aside as aside_module
from app.web import aside_process, spool
from app.web.aside import OWN, Aside, AsideClosed, AsideFailed
from app.web.aside_work import LARGEST_PASSED_BYTES, rest
from app.web.spool import Spool, SpoolFull

PATIENCE_SECONDS = 30
_Result = TypeVar("_Result")


@pytest.fixture
def aside(tmp_path: Path) -> Iterator[Aside]:
    helper = Aside(Spool(tmp_path / "cache"))
    asyncio.run(helper.run(os.getpid))
    yield helper
    helper.close()


def _run(coroutine: Coroutine[Any, Any, _Result]) -> _Result:
    async def within() -> _Result:
        return await asyncio.wait_for(coroutine, PATIENCE_SECONDS)

    return asyncio.run(within())


async def _begun(aside: Aside, *calls: Coroutine[Any, Any, Any]) -> "list[asyncio.Task[Any]]":
    """Tasks of calls that wait in line, in this order."""
    tasks = []
    for number, call in enumerate(calls, start=1):
        tasks.append(asyncio.ensure_future(call))
        while aside.waiting < number:
            await asyncio.sleep(0)
    return tasks


def _has_read(module: str) -> bool:
    return module in sys.modules


def test_what_is_foreseen_is_read_while_nobody_asks(aside: Aside) -> None:
    foreseeing = Aside(foreseen=("wave", "colorsys"))
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while not all(_run(foreseeing.run(_has_read, name)) for name in ("wave", "colorsys")):
            assert time.monotonic() < until
            time.sleep(0.15)
    finally:
        foreseeing.close()
    assert not _run(aside.run(_has_read, "wave"))


def test_nothing_is_done_for_who_left_before_their_turn(aside: Aside, tmp_path: Path) -> None:
    async def tried() -> None:
        paths = [tmp_path / str(number) for number in range(9)]
        first, *others = await _begun(
            aside, aside.run(time.sleep, 0.3), *(aside.run(os.mkdir, path) for path in paths)
        )
        for leaving in others[::2]:
            leaving.cancel()
        await asyncio.gather(first, *others[1::2])
        assert [path.exists() for path in paths] == [False, True] * 4 + [False]
        assert aside.waiting == 0

    _run(tried())


def test_a_client_with_many_calls_keeps_another_waiting_for_one_of_them(aside: Aside) -> None:
    order: list[str] = []

    async def asked(client: str) -> None:
        await aside.run(math.sqrt, 4, client=client)
        order.append(client)

    async def tried() -> None:
        await asyncio.gather(
            *await _begun(
                aside, aside.run(time.sleep, 0.2), *map(asked, ("a", "a", "a", "a", "b", "b"))
            )
        )

    _run(tried())
    assert order == ["a", "b", "a", "b", "a", "a"]


def test_who_leaves_in_the_moment_of_their_turn_passes_it_on(aside: Aside) -> None:
    async def tried() -> float:
        await aside._line.turn("a")
        leaving, staying = await _begun_after_one(aside)
        aside._line.pass_on()
        leaving.cancel()
        return await staying

    async def _begun_after_one(aside: Aside) -> "list[asyncio.Task[Any]]":
        tasks = [asyncio.ensure_future(aside.run(math.sqrt, 4)) for _ in range(2)]
        await asyncio.sleep(0)
        return tasks

    assert _run(tried()) == 2


def test_a_stopped_process_is_replaced_and_all_who_wait_get_their_answers(
    aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside_process, "_SILENT_SECONDS", 2.0)
    stopped = _run(aside.run(os.getpid))

    async def three() -> list[int]:
        os.kill(stopped, signal.SIGSTOP)
        return await asyncio.gather(*(aside.run(os.getpid) for _ in range(3)))

    pids = _run(three())
    assert len(set(pids)) == 1
    assert stopped not in pids
    with pytest.raises(ProcessLookupError):
        os.kill(stopped, 0)


def test_a_call_that_hangs_fails_after_its_patience_and_the_next_is_answered(aside: Aside) -> None:
    async def tried() -> None:
        hung, after = await _begun(
            aside, aside.run(time.sleep, 600, patience_seconds=0.5), aside.run(math.sqrt, 9)
        )
        with pytest.raises(AsideFailed):
            await hung
        assert await after == 3

    _run(tried())


def test_when_the_server_stops_nobody_waits_for_an_answer_any_more(aside: Aside) -> None:
    async def tried() -> None:
        calls = await _begun(aside, aside.run(time.sleep, 600), aside.run(math.sqrt, 9))
        aside.refuse()
        for call in [*calls, asyncio.ensure_future(aside.run(math.sqrt, 9))]:
            with pytest.raises(AsideClosed):
                await call

    _run(tried())


def written(file: BinaryIO, size: int) -> None:
    """Writes so many bytes, as an answer would."""
    file.write(b"x" * size)


def test_a_large_answer_comes_as_a_file_that_is_gone_when_closed(
    aside: Aside, tmp_path: Path
) -> None:
    assert _run(aside.write(written, 7)) == b"x" * 7
    file = _run(aside.write(written, LARGEST_PASSED_BYTES + 1))
    assert not isinstance(file, bytes)
    assert os.fstat(file.fileno()).st_size == LARGEST_PASSED_BYTES + 1
    assert os.pread(file.fileno(), 3, LARGEST_PASSED_BYTES - 2) == b"xxx"
    assert list((tmp_path / "cache").iterdir()) == []
    file.close()


def test_a_file_that_nobody_waits_for_any_more_is_closed(aside: Aside) -> None:
    async def tried() -> None:
        [leaving] = await _begun(aside, aside.write(written, LARGEST_PASSED_BYTES + 1))
        await asyncio.sleep(0)
        leaving.cancel()
        assert await aside.run(math.sqrt, 9) == 3
        assert not [
            link for link in _open_files() if link.endswith("(deleted)") and "cache" in link
        ]

    _run(tried())


def _open_files() -> list[str]:
    links = []
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            links.append(str(descriptor.readlink()))
        except FileNotFoundError:  # the one that lists them
            continue
    return links


def test_no_answer_is_begun_while_those_that_wait_to_be_taken_fill_the_room(
    aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "MOST_BYTES", 10)
    monkeypatch.setattr(spool, "_PATIENCE_SECONDS", 0.2)
    cut: list[str] = []

    async def tried() -> None:
        room = aside._spool
        assert room is not None
        room.hold("slow", 10, lambda: cut.append("slow"))  # type: ignore[arg-type]
        with pytest.raises(SpoolFull):
            await aside.write(written, 1)
        assert cut == []
        monkeypatch.setattr(spool, "_FAIR_SECONDS", -1.0)
        waiting = asyncio.ensure_future(aside.write(written, 1))
        while not cut:
            await asyncio.sleep(0.01)
        room.release("slow")  # type: ignore[arg-type]
        assert await waiting == b"x"

    _run(tried())


def test_a_process_at_rest_has_forgotten_what_it_kept(
    aside: Aside, monkeypatch: pytest.MonkeyPatch
) -> None:
    CACHE.get("something", lambda: bytes(1000))
    assert rest() > 0
    assert CACHE.bytes == 0
    monkeypatch.setattr(aside_module, "_REST_SECONDS", 0.05)
    monkeypatch.setattr(aside_module, "_RESTED_BYTES", 0)  # so that it is always too large

    async def tried() -> None:
        before = await aside.run(os.getpid)
        while aside._helper is not None and aside._helper.process.pid == before:
            await asyncio.sleep(0.01)
        assert await aside.run(os.getpid) != before

    _run(tried())


def test_what_the_server_asks_by_itself_takes_nobodys_place(aside: Aside) -> None:
    async def tried() -> None:
        own = [asyncio.ensure_future(aside.run(os.getpid, client=OWN)) for _ in range(2)]
        await asyncio.sleep(0)
        assert aside.waiting == 0
        asked = asyncio.ensure_future(aside.run(os.getpid, client="somebody"))
        await asyncio.sleep(0)
        assert aside.waiting == 1
        await asyncio.gather(*own, asked)
        assert aside.waiting == 0

    _run(tried())
