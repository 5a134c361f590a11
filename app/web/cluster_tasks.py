"""What tasks of a cluster ask of the server, answered once it is on disk."""

import asyncio
import logging
from concurrent.futures import Future
from typing import Any

from .. import __version__
from ..cluster.mail import AttemptOver, ReportMissing
from ..cluster.pool import ClusterPool
from ..cluster.remote_worker import RemoteWorker
from ..cluster.wire import WireBroken, job_packet, report_in, told_to_task
from ..external.packets import PacketBroken, decode_packet
from ..store import Store
from ..workers.messages import Job
from .problems import Problem

_RECORDED_WITHIN_SECONDS = 20.0
_LOG = logging.getLogger("filterscope.cluster")


class ClusterTasks:
    """Answers tasks.

    Args:
        store: keeps what runs tell.
        pool: knows whose lease it is.
    """

    def __init__(self, store: Store, pool: ClusterPool) -> None:
        self.pool = pool
        self._store = store

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
        self, lease: str, number: int, attempt: int, heard: int, body: bytes
    ) -> list[dict[str, Any]]:
        """Records a report; returns what the task hasn't heard, once it is on disk.

        Raises:
            Problem: 409 another attempt tells the run, or a report is missing; 410 nobody wants it;
                422 it is no report; 503 not now.
        """
        worker = self._worker(lease)
        job = worker.mail.job
        if job is None:
            raise _over()
        try:
            report = await asyncio.to_thread(
                lambda: report_in(decode_packet(body), job.run_id)  # a megabyte takes some 10 ms
            )
            recorded = worker.mail.arrive(attempt, number, report)
        except (PacketBroken, WireBroken) as why:
            raise Problem(422, "broken_packet", f"The report {why}.") from None
        except AttemptOver:
            raise _over() from None
        except ReportMissing as missing:
            message = f"Report {missing.wanted:,} comes next."
            raise Problem(409, "gap", message, field="number", limit=missing.wanted) from None
        await self._on_disk(recorded)
        return [] if report.is_over else self._said(worker, attempt, heard)

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


def _over() -> Problem:
    message = "Another task trains this run now, or it needs none."
    return Problem(409, "attempt_over", message)
