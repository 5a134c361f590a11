"""Takes in what programs elsewhere tell of their trainings, in order, and keeps others out."""

import asyncio
import secrets
from typing import Literal, NamedTuple
from weakref import WeakValueDictionary

from ..events import EncodedEvent, StatusChanged, encode
from ..external.items import BatchHeader, BatchRefused, check_batch
from ..external.packets import Packet
from ..external.registration import NewAttempt, Registration
from ..settings import Settings
from ..store import ExternalRun, NewRun, Overtaken, RunRow, Store, ToldAttempt
from .aside import Aside
from .attempts import Registered, check_follows, newest, over, registered, taken
from .batches import BatchTeller, check_place, read_batch, without_known
from .disk import check_disk
from .leases import Leases, Wanted
from .problems import Problem
from .reception import Reception
from .room import Room
from .told_runs import ToldRuns

_ENDED = ("finished", "stopped", "failed")
_MOST_BYTES = 10 * 1024**2  # of bodies at once: each takes up to five times its size on its way
_MOST_WAITING = 256
_PATIENCE_SECONDS = 5.0  # a program gives up after ten


class TakenBatch(NamedTuple):
    """What became of a batch; `alerts` are those that it gave reason for."""

    told: ExternalRun
    run: RunRow
    alerts: list[EncodedEvent]


class Ingest:
    """Registers runs from elsewhere and records what is told of them.

    What is told under one key is carried out in its order, one batch at a time; of different keys
    side by side, as far as the process aside that judges filters allows.

    Args:
        aside: where batches are told of.
    """

    def __init__(self, settings: Settings, store: Store, aside: Aside) -> None:
        self.wanted = Wanted()
        self.leases = Leases(self._silenced, settings.silent_seconds)
        self._settings, self._store = settings, store
        self._runs = ToldRuns(store)
        self._teller = BatchTeller(settings, aside)
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        room = Room(_MOST_BYTES, _MOST_WAITING, _PATIENCE_SECONDS)
        self.reception = Reception(settings.cache_folder, room)

    async def open(self) -> None:
        """Begins to listen for runs that were live when the server before this one ended."""
        live = await self._runs.live()
        self.leases.open([run.id for run in live])
        if live:
            self._teller.warm()

    async def register(self, key: str, said: Registration) -> Registered:
        """Makes a run for a key, or finds the one that it has.

        Raises:
            Problem: 409 another program tells it, or it is of another network; 410 it was deleted.
        """
        async with self._turn(key):
            told = await self._runs.find(key)
            if told is None:
                return await self._create(key, said)
            run = await self._runs.run_of(told)
            if said.described().layers != run.described.layers:
                message = "This key belongs to a network with other layers; begin under another."
                raise Problem(409, "other_network", message, field="layers")
            return registered(run, told, await self._runs.attempts(key), said)

    async def begin_attempt(self, key: str, said: NewAttempt) -> Registered:
        """Lets a program that begins again tell its run, and shuts out the one before.

        Raises:
            Problem: 404 the key is unknown, 409 a later attempt has begun or a file would shut out
                a program that goes on, 410 it was deleted.
        """
        async with self._turn(key):
            told = await self._runs.known(key)
            run = await self._runs.run_of(told)
            before = newest(told, await self._runs.attempts(key))
            if (said.attempt, said.client) == (told.attempt, told.client):
                return Registered(run, before, told.next)
            if said.attempt <= told.attempt:
                raise taken(told)
            check_follows(before, run, self.leases.silence_of(run.id), said)
            now = told._replace(attempt=said.attempt, client=said.client, step=said.from_step)
            attempt = ToldAttempt(key, now.attempt, now.client, now.next, *_begins(said))
            events = [_running(run, "attempt")] if run.last_seq else []
            await self._record(told, now, run, events, attempt)
            return Registered(await self._runs.run_of(now), attempt, now.next)

    async def take(
        self, key: str, first: int, attempt: int, body: bytes, *, renumbered: bool = False
    ) -> TakenBatch:
        """Records a batch; returns once it is on disk. Items that are known already are skipped.

        Args:
            renumbered: whether the packet may name another place than the one that is meant, as one
                does that was written where nobody knew of earlier attempts.

        Raises:
            Problem: 404 the key is unknown, 409 something is missing before it or the attempt is
                over, 410 the run was deleted, 422 it is no batch of this run, 503 not now.
        """
        header, packet = await asyncio.to_thread(read_batch, body)
        if not renumbered:
            check_place(header, first, attempt)
        return await self.take_packet(key, first, attempt, header, packet)

    async def take_packet(
        self, key: str, first: int, attempt: int, header: BatchHeader, packet: Packet
    ) -> TakenBatch:
        """Records a batch that was read already; otherwise as `take`."""
        async with self._turn(key):
            told = await self._runs.known(key)
            run = await self._runs.run_of(told)
            if attempt != told.attempt:
                raise over(told)
            if first > told.next:
                message = f"Item {told.next:,} comes next; this batch begins with item {first:,}."
                raise Problem(409, "gap", message, field="first", limit=told.next)
            header, packet = without_known(header, packet, told.next - first)
            return await self._recorded(told, run, header, packet)

    async def _recorded(
        self, told: ExternalRun, run: RunRow, header: BatchHeader, packet: Packet
    ) -> TakenBatch:
        try:
            check_batch(header, packet, run.described, told.step)
        except BatchRefused as why:
            raise Problem(422, "invalid", f"{why}.", field=why.field) from None
        events: list[EncodedEvent] = []
        if run.status == "interrupted" or (header.items and run.status in _ENDED):
            events.append(_running(run, None))
        telling = told.telling
        if header.items:
            check_disk(self._settings, self._store)
            more, telling = await self._teller.tell(told, run, header, packet)
            events += more
        step = max([told.step, *(item.last_step for item in header.items)])
        now = told._replace(next=told.next + len(header.items), step=step, telling=telling)
        await self._record(told, now, run, events)
        if header.items and header.items[-1].kind == "end":
            self.leases.end(run.id)
        return TakenBatch(now, run, [event for event in events if event.kind == "alert"])

    async def _record(
        self,
        before: ExternalRun,
        now: ExternalRun,
        run: RunRow,
        events: list[EncodedEvent],
        attempt: ToldAttempt | None = None,
    ) -> None:
        seconds = run.training_seconds + self.leases.renew(run.id)
        if now == before and not events:
            return
        try:
            recorded = self._store.record_external(before, now, events, seconds, attempt)
            await asyncio.wrap_future(recorded)
        except Overtaken:
            message = "Another program tells this run at the same time."
            raise Problem(409, "attempt_over", message, limit=before.attempt) from None

    async def _create(self, key: str, said: Registration) -> Registered:
        check_disk(self._settings, self._store)
        run_id = secrets.token_hex(6)
        told = ExternalRun(key, run_id, said.attempt, said.client)
        new = NewRun(run_id, said.described(), total_steps=said.total_steps)
        self._teller.warm()
        attempt = ToldAttempt(key, told.attempt, told.client, told.next, *_begins(said))
        await asyncio.wrap_future(self._store.create_external_run(new, told, attempt))
        self.leases.renew(run_id)
        return Registered(await self._runs.run_of(told), attempt, told.next, True)

    async def _silenced(self, run_id: str) -> None:
        run = await asyncio.to_thread(self._store.run, run_id)
        if run is None or run.status != "running":
            return
        event = StatusChanged(step=run.step, status="interrupted", cause="silent")
        recorded = self._store.record(run_id, [encode(event, run.step)], run.training_seconds)
        await asyncio.wrap_future(recorded)

    def _turn(self, key: str) -> asyncio.Lock:
        turn = self._turns.get(key)
        if turn is None:
            turn = self._turns[key] = asyncio.Lock()
        return turn


def _begins(said: Registration | NewAttempt) -> tuple[int, bool]:
    return said.from_step, said.recorded


def _running(run: RunRow, cause: Literal["attempt"] | None) -> EncodedEvent:
    return encode(StatusChanged(step=run.step, status="running", cause=cause), run.step)
