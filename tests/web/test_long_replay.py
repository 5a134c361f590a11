"""A long run is told in few steps by a process aside: of all the rest nothing is left out."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal

import httpx
import pytest

from app.store import StoreError
from app.web import replaying
from tests.store.samples import evaluated, finished, snapshot, started, status, steps
from tests.web.scripted import ScriptedServer
from tests.web.sse import Received, received

LAST = 6_000


@pytest.fixture
def long_run(scripted: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> ScriptedServer:
    monkeypatch.setattr(replaying, "LONG_EVENTS", 20)
    scripted.create("run", started(), snapshot(0), evaluated(0))
    for at in range(0, LAST, 20):
        told = [steps(*range(at + 1, at + 21))]
        told += [snapshot(at + 20), evaluated(at + 20)] if at % 2000 == 1980 else []
        told += [status("paused", at + 20), status("running", at + 20)] if at == 3000 else []
        scripted.tell("run", *told)
    scripted.tell("run", finished(LAST))
    return scripted


def besides_steps(events: list[Received]) -> list[Received]:
    return [event for event in events if event.kind != "steps"]


def counted(events: list[Received]) -> int:
    return sum(
        sum(event.data.get("count", [1] * len(event.data["step"])))
        for event in events
        if event.kind == "steps"
    )


@pytest.mark.parametrize("after", [0, 150])
def test_all_but_steps_comes_as_ever_and_every_step_is_counted(
    long_run: ScriptedServer, client: httpx.Client, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    asked = []
    tell = replaying.LongReplay._told

    async def spied(replay: replaying.LongReplay, seq: int, until: int) -> bytes:
        asked.append(seq)
        return await tell(replay, seq, until)

    monkeypatch.setattr(replaying.LongReplay, "_told", spied)
    whole = received(client, params={"after": after})
    thin = received(client, params={"after": after, "steps": "thinned"})
    assert asked
    assert besides_steps(thin) == besides_steps(whole)
    assert counted(thin) == counted(whole)
    assert len(thin) < len(whole)
    seqs = [event.seq for event in thin]
    assert seqs == sorted(set(seqs))
    assert seqs[-1] == whole[-1].seq


def test_steps_stand_between_what_they_happened_between(
    long_run: ScriptedServer, client: httpx.Client
) -> None:
    step = 0
    for event in received(client, params={"steps": "thinned"}):
        if event.kind == "steps":
            assert event.data["step"][0] > step
            assert event.data["step"] == sorted(event.data["step"])
            step = event.data["step"][-1]
        elif event.kind == "snapshot":
            assert event.data["step"] == step


def test_where_the_process_aside_cannot_tell_it_the_log_is_read_as_usual(
    long_run: ScriptedServer, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = received(client, params={"steps": "all"})

    asked = []

    async def fail(_replay: replaying.LongReplay, seq: int, _until: int) -> bytes:
        asked.append(seq)
        raise StoreError("it can't be read")

    monkeypatch.setattr(replaying.LongReplay, "_told", fail)
    thin = received(client, params={"steps": "thinned"})
    assert len(asked) == 1  # who waited in vain waits no more
    assert besides_steps(thin) == besides_steps(whole)
    assert counted(thin) == counted(whole)


class _Counting(asyncio.Semaphore):
    """Counts those who came for a place."""

    came = 0

    async def acquire(self) -> Literal[True]:
        self.came += 1
        return await super().acquire()


def test_other_questions_wait_behind_one_replay_at_most(
    long_run: ScriptedServer, client: httpx.Client
) -> None:
    long_run.create("other", started())
    long_run.tell("other", *(steps(at) for at in range(1, 200)), finished(199))
    aside = long_run.app.state.services.aside
    long_run.hub.replays = places = _Counting(1)
    run, within = aside.run, []

    async def asked(*args: Any, **named: Any) -> Any:
        within.append(len(within))
        while places.came < 2:  # so long that the other viewer would be here too
            await asyncio.sleep(0.01)
        assert len(within) == 1
        told = await run(*args, **named)
        within.clear()
        return told

    aside.run = asked
    with ThreadPoolExecutor(2) as viewers:
        told = list(viewers.map(lambda run: thin_of(client, run), ("run", "other")))
    assert [events[-1].kind for events in told] == ["run_finished"] * 2
    assert places.came >= 2


def thin_of(client: httpx.Client, run_id: str) -> list[Received]:
    return received(client, run_id, params={"steps": "thinned"})
