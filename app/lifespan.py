"""What a server opens before its first answer, and closes after its last."""

import asyncio
import contextlib
import signal
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from functools import partial
from types import FrameType
from typing import Any

from fastapi import FastAPI

from . import trainers
from .settings import Settings
from .store import Store
from .vocabulary.snapshot_steps import is_snapshot_step
from .web import activations
from .web.aside import Aside
from .web.blackboard import Blackboard
from .web.classroom import Classroom
from .web.cluster_tasks import ClusterTasks
from .web.gatherings import Gatherings
from .web.hub import Hub
from .web.ingest import Ingest
from .web.kept_curves import KeptCurves
from .web.numeric import FORESEEN
from .web.opener import Opener
from .web.preparing import Preparing
from .web.services import Services, run_named
from .web.shared_answers import SharedAnswers
from .web.spool import Spool
from .web.sweep_telling import SweepTelling
from .web.sweeping import Sweeping
from .web.told_lists import WrittenOnce
from .web.uploads import Uploads
from .workers.backlog import Backlog

_CLOSE_SECONDS = 2.0
# Of a thread that computes while the loop waits: five milliseconds unless said.
_TURN_SECONDS = 0.0005
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextlib.asynccontextmanager
async def lifespan(application: FastAPI) -> AsyncIterator[None]:
    """Opens what the routes work with, has runs go on, and closes it all when the server ends."""
    settings: Settings = application.state.settings
    sys.setswitchinterval(_TURN_SECONDS)
    hub, kept_curves = Hub(settings.max_viewers), KeptCurves(settings)
    publish = kept_curves.told_after(hub.publish)
    try:
        store = await asyncio.to_thread(Store, settings.database_path, publish, is_snapshot_step)
    except Exception as problem:
        application.state.problem = problem
        raise
    backlog = Backlog()
    pool = trainers.cluster_pool(settings, application.state.send_token)
    supervisor = trainers.supervisors(settings, store, backlog, pool)
    sweeping = Sweeping(store, supervisor, backlog)
    spool = Spool(settings.cache_folder)
    aside, exports = Aside(spool, FORESEEN), Aside(spool)
    telling, reading = Aside(), Aside(spool)
    await kept_curves.open(store, exports)
    ingest = Ingest(settings, store, telling)
    opener = Opener(ingest, reading)
    uploads = Uploads(settings, settings.cache_folder / "opening")
    uploads.open()
    gatherings = Gatherings()
    supervisor.open()
    await asyncio.to_thread(trainers.go_on_with_sweeps, sweeping, waits=settings.resume == "wait")
    if settings.resume == "auto":
        await asyncio.to_thread(trainers.resume_all, store, supervisor)
    classroom = Classroom()
    blackboard = Blackboard(hub, store, classroom, partial(run_named, store))
    application.state.hub = hub
    application.state.services = Services(
        *(settings, store, hub, supervisor, aside, exports, spool, classroom, blackboard),
        *(SharedAnswers(), ingest, opener, uploads, gatherings),
        *(WrittenOnce(), WrittenOnce(), sweeping, SweepTelling(store), kept_curves),
        None if pool is None else ClusterTasks(store, pool, settings.cache_folder),
        activations.drawing_line(settings, store, aside),
    )
    await ingest.open()
    preparing = Preparing(store)
    try:
        with _all_end_on_signals(hub, aside, exports, telling, reading, gatherings):
            yield
    finally:
        await preparing.aclose()
        await opener.aclose()
        await ingest.leases.aclose()
        await hub.aclose()
        await kept_curves.aclose()
        await asyncio.to_thread(supervisor.close, _CLOSE_SECONDS)
        await asyncio.to_thread(aside.close)
        await asyncio.to_thread(exports.close)
        await asyncio.to_thread(telling.close)
        await asyncio.to_thread(reading.close)
        await asyncio.to_thread(store.close)


@contextlib.contextmanager
def _all_end_on_signals(hub: Hub, *asides: Aside | Gatherings) -> Iterator[None]:
    """Ends open streams and whoever waits for an answer at the signal, since a server waits for
    them before it shuts down.
    """
    previous: dict[int, Any] = {}
    loop = asyncio.get_running_loop()

    def pass_on(number: int, frame: FrameType | None) -> None:
        hub.close()
        for aside in asides:
            loop.call_soon_threadsafe(aside.refuse)
        if callable(previous[number]):
            previous[number](number, frame)

    if threading.current_thread() is threading.main_thread():
        previous |= {number: signal.signal(number, pass_on) for number in _STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in previous.items():
            if signal.getsignal(number) is pass_on:
                signal.signal(number, handler)
