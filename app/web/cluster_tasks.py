"""What tasks of a cluster ask of the server, answered once it is on disk."""

import asyncio
import logging
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from .. import __version__
from ..cluster.mail import AttemptOver, ReportMissing
from ..cluster.pool import ClusterPool
from ..cluster.remote_worker import RemoteWorker
from ..cluster.report_wire import LARGEST_REPORT_BYTES, WireBroken, report_in
from ..cluster.wire import job_packet, told_to_task
from ..external.packets import PacketBroken, decode_packet
from ..recipe import Recipe
from ..store import Store
from ..workers.messages import Job, Report
from .problems import Problem
from .report_pieces import Piece, ReportPieces

_RECORDED_WITHIN_SECONDS = 20.0
_LOG = logging.getLogger("filterscope.cluster")


class ClusterTasks:
    """Answers tasks.

    Args:
        store: keeps what runs tell.
        pool: knows whose lease it is.
        folder: where parts of large reports lie until all of them have come.
    """

    def __init__(self, store: Store, pool: ClusterPool, folder: Path) -> None:
        self.pool = pool
        self._store = store
        self._pieces = ReportPieces(folder)

    def recipe(self, lease: str) -> Recipe:
        """Returns what the run of a lease trains. Raises Problem: 409 or 410, nobody wants it."""
        job = self._worker(lease).mail.job
        if job is None:
            raise _over()
        return job.recipe

    async def begin(self, lease: str, version: str, host: str, place: str) -> bytes:
        """Begins an attempt, and shuts the one before out; returns the job.

        Raises:
            Problem: 409 the task is of another version, or the run is over; 410 nobody wants it.
        """
        worker = self._worker(lease)
        if version != __version__:
            message = (
                f"The cluster's workers have Filterscope {version}, the server {__version__}: "
                "install the same."
            )
            raise Problem(409, "other_version", message, field="version")
        try:
            attempt, unrecorded = worker.mail.begin(place)
        except AttemptOver:
            raise _over() from None
        for future in unrecorded:
            await self._on_disk(future)
        job = worker.mail.job
        assert job is not None  # else no attempt begins
        packed = await asyncio.to_thread(self._packed, job, attempt)
        _LOG.info("run %s is trained on %s, attempt %d", job.run_id, host, attempt)
        return packed

    async def take(
        self, lease: str, piece: Piece, heard: int, body: bytes
    ) -> list[dict[str, Any]] | None:
        """Records a report, or puts a piece of one by; returns what the task hasn't heard, once it
        is on disk; None with the last piece, after which `take_whole` records them all.

        Raises:
            Problem: 409 another attempt tells the run, or a report is missing; 410 nobody wants it;
                413 its piece is too large; 422 it is no report; 503 not now.
        """
        self._pieces.forget([one for one in self._pieces.leases if self.pool.find(one) is None])
        worker = self._worker(lease)
        if worker.mail.job is None:
            raise _over()
        if piece.of == 1:
            report = await self._report(worker, body)
            return await self._recorded(worker, piece, heard, report)
        said = self._said(worker, piece.attempt, heard)
        return None if await self._pieces.add(lease, piece, body) else said

    async def take_whole(self, lease: str, piece: Piece, heard: int) -> list[dict[str, Any]]:
        """Records the report of which all pieces have come, when there is room; as `take`."""
        worker = self._worker(lease)
        async with self._pieces.whole(lease) as body:
            report = await self._report(worker, body)
            del body  # what was read is a copy, and recording may take a while
            return await self._recorded(worker, piece, heard, report)

    async def _report(self, worker: RemoteWorker, body: bytes) -> Report:
        job = worker.mail.job
        if job is None:
            raise _over()
        try:
            return await asyncio.to_thread(_read, body, job.run_id)
        except (PacketBroken, WireBroken) as why:
            raise Problem(422, "broken_packet", f"The report {why}.") from None

    async def _recorded(
        self, worker: RemoteWorker, piece: Piece, heard: int, report: Report
    ) -> list[dict[str, Any]]:
        try:
            recorded = worker.mail.arrive(piece.attempt, piece.report, report)
        except AttemptOver:
            raise _over() from None
        except ReportMissing as missing:
            message = f"Report {missing.wanted:,} comes next."
            raise Problem(409, "gap", message, field="number", limit=missing.wanted) from None
        await self._on_disk(recorded)
        return [] if report.is_over else self._said(worker, piece.attempt, heard)

    def listen(
        self, lease: str, attempt: int, heard: int, *, goes_on: bool
    ) -> list[dict[str, Any]]:
        """Returns what a task hasn't heard; raises as `take`."""
        return self._said(self._worker(lease), attempt, heard, goes_on=goes_on)

    def _said(
        self, worker: RemoteWorker, attempt: int, heard: int, *, goes_on: bool = True
    ) -> list[dict[str, Any]]:
        try:
            return [told_to_task(said) for said in worker.mail.ask(attempt, heard, goes_on=goes_on)]
        except AttemptOver:
            raise _over() from None

    def _worker(self, lease: str) -> RemoteWorker:
        worker = self.pool.find(lease)
        if worker is None:
            raise Problem(410, "lease_over", "Nobody wants this run trained any more.")
        return worker

    def _packed(self, job: Job, attempt: int) -> bytes:
        past = self._store.past(job.run_id)
        if past is None:
            raise _over()
        goes_on = past.kept or past.checkpoint is not None
        return job_packet(job._replace(past=past if goes_on else None), attempt)

    async def _on_disk(self, recorded: "Future[None]") -> None:
        try:
            # Whoever sends the same again waits for the same.
            waiting = asyncio.shield(asyncio.wrap_future(recorded))
            await asyncio.wait_for(waiting, _RECORDED_WITHIN_SECONDS)
        except AttemptOver:
            raise _over() from None
        except Exception as problem:
            message = "What was sent isn't on disk yet; send it again."
            headers = {"Retry-After": "1"}
            raise Problem(503, "not_recorded", message, headers=headers) from problem


def _read(body: bytes, run_id: str) -> Report:
    return report_in(decode_packet(body, LARGEST_REPORT_BYTES), run_id)


def _over() -> Problem:
    message = "Another task trains this run now, or it needs none."
    return Problem(409, "attempt_over", message)
