"""The application: `create_app(settings)`, and `app` for an ASGI server."""

import asyncio
import contextlib
import logging
import secrets
import signal
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from functools import partial
from types import FrameType
from typing import Any

from fastapi import Depends, FastAPI
from pydantic import BaseModel, ValidationError
from starlette.types import ASGIApp

from . import __version__
from .cluster.notices import Where
from .cluster.pool import ClusterPool
from .cluster.scheduler_link import SchedulerLink
from .page_files import STATIC
from .recipe import Recipe
from .settings import Settings
from .store import Store
from .vocabulary.snapshot_steps import is_snapshot_step
from .web import (
    ablation,
    activations,
    checks,
    client_file,
    cluster,
    code,
    collecting,
    courses,
    curves,
    datasets,
    deletions,
    description,
    export,
    external,
    filters,
    first_weights,
    following,
    history,
    images,
    initializers,
    light_page,
    mistakes,
    more_seeds,
    network,
    numerics_told,
    openapi,
    opening,
    pages,
    polling,
    presets,
    problems,
    proof,
    publishing,
    run_changes,
    run_lists,
    runs,
    steering,
    sweep_maps,
    sweeps,
    teaching,
    training_on,
)
from .web.answers.teaching import Lead
from .web.aside import Aside
from .web.blackboard import Blackboard
from .web.classroom import Classroom
from .web.cluster_tasks import ClusterTasks
from .web.files import Files
from .web.gatherings import Gatherings
from .web.hub import Hub
from .web.ingest import Ingest
from .web.join_code import new_code
from .web.kept_curves import KeptCurves
from .web.opener import Opener
from .web.preparing import Preparing
from .web.query_names import check_query_names
from .web.security import Guard
from .web.services import Services, run_named
from .web.shared_answers import SharedAnswers
from .web.spool import Spool
from .web.sweep_telling import SweepTelling
from .web.sweeping import Sweeping
from .web.tokens import Tokens
from .web.told_lists import WrittenOnce
from .web.uploads import Uploads
from .workers.backlog import Backlog
from .workers.supervisor import Supervisor
from .workers.supervisors import AnySupervisor, Supervisors

_LOG = logging.getLogger("filterscope")
_CLOSE_SECONDS = 2.0
_TURN_SECONDS = (
    0.0005  # of a thread that computes while the loop waits: five milliseconds unless said
)
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Application(FastAPI):
    """FastAPI behind the guard, which has to stand before FastAPI's own error handling."""

    def build_middleware_stack(self) -> ASGIApp:
        """Builds everything between the server and the routes."""
        state = self.state
        return Guard(
            super().build_middleware_stack(), state.settings, state.tokens, state.join_code
        )


def create_app(settings: Settings) -> FastAPI:
    """Makes the whole server, not yet open: its lifespan opens the store and the supervisor.

    Where other machines can reach it, or where it is to ask for one, a token is made if none is
    set. `app.state.token` is the one to ask for, or None; `app.state.key` is what commands that can
    read the data folder know the server by; `app.state.hub.close()` ends all event streams of an
    open server.
    """
    is_chosen = settings.token is not None
    is_send_chosen = settings.send_token is not None
    if not is_chosen and (
        settings.asks_for_token or settings.allowed_hosts or not settings.is_loopback
    ):
        settings = replace(settings, token=secrets.token_urlsafe(16))
    application = Application(
        version=__version__,
        lifespan=_lifespan,
        openapi_url=None,  # app.web.description hands it out
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    application.state.settings = settings
    application.state.token = settings.token
    application.state.watch_token = settings.token and secrets.token_urlsafe(16)
    application.state.send_token = settings.token and (
        settings.send_token or secrets.token_urlsafe(16)
    )
    application.state.join_code = new_code()
    application.state.key = secrets.token_bytes(32)
    application.state.tokens = Tokens(
        settings.token,
        is_chosen,
        application.state.watch_token,
        application.state.key,
        application.state.send_token,
        is_send_chosen,
    )
    problems.install(application)
    models: list[type[BaseModel]] = [Recipe, run_changes.RunChange, code.PastedCode, Lead]
    models += [*polling.BODIES, *collecting.BODIES]
    models += [*checks.BODIES, *external.BODIES, *opening.BODIES, *images.QUESTIONS]
    models += [*ablation.QUESTIONS, *training_on.QUESTIONS, deletions.Deletion]
    models += [*sweeps.BODIES, more_seeds.MoreSeeds]
    openapi.install(application, models)
    answers: Any = {"4XX": {"model": problems.ErrorAnswer}, "5XX": {"model": problems.ErrorAnswer}}
    parts = (
        activations,  # first, for it is asked most often and routes are tried in turn
        *(presets, datasets, initializers, first_weights, code),
        *(run_lists, runs, steering, deletions, courses, following, curves, history),
        *(
            filters,
            images,
            mistakes,
            ablation,
            training_on,
            network,
            checks,
            numerics_told,
        ),
        *(export, publishing, external, opening, sweeps, more_seeds, sweep_maps, cluster),
        *(teaching, polling, collecting),
        *(client_file, description, pages, light_page, proof),
    )
    for part in parts:
        asked = [] if part in (pages, light_page) else [Depends(check_query_names)]
        application.router.routes += part.router.late(answers, dependencies=asked)
    application.mount("/static", Files(directory=STATIC), "static")
    return application


@contextlib.asynccontextmanager
async def _lifespan(application: FastAPI) -> AsyncIterator[None]:
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
    pool = _cluster_pool(settings, application.state.send_token)
    supervisor = _supervisors(settings, store, backlog, pool)
    sweeping = Sweeping(store, supervisor, backlog)
    spool = Spool(settings.cache_folder)
    aside, exports, telling, reading = Aside(spool), Aside(spool), Aside(), Aside(spool)
    await kept_curves.open(store, exports)
    ingest = Ingest(settings, store, telling)
    opener = Opener(ingest, reading)
    uploads = Uploads(settings, settings.cache_folder / "opening")
    uploads.open()
    gatherings = Gatherings()
    supervisor.open()
    await asyncio.to_thread(_go_on_with_sweeps, sweeping, waits=settings.resume == "wait")
    if settings.resume == "auto":
        await asyncio.to_thread(_resume_all, store, supervisor)
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


def _cluster_pool(settings: Settings, token: str | None) -> ClusterPool | None:
    """Returns the places for runs on the cluster, if there is one."""
    if settings.scheduler is None:
        return None
    return ClusterPool(SchedulerLink(Where(settings.scheduler, settings.url_for_cluster, token)))


def _supervisors(
    settings: Settings, store: Store, backlog: Backlog, pool: ClusterPool | None
) -> AnySupervisor:
    """Makes who trains: workers here, and where there is a cluster, that for the runs of sweeps."""
    supervisor = partial(
        Supervisor,
        archive=store,
        cache_folder=settings.cache_folder,
        has_room=lambda: (
            store.trouble is None and store.standstill is None and settings.has_disk_room()
        ),
        stalled_seconds=settings.stalled_seconds,
    )
    if pool is None:
        return supervisor(runs_at_once=settings.runs_at_once, backlog=backlog)
    return Supervisors(
        supervisor(runs_at_once=settings.runs_at_once),
        supervisor(runs_at_once=pool.places, backlog=backlog, make_pool=pool.made_for),
    )


def _resume_all(store: Store, supervisor: AnySupervisor) -> None:
    """Has each interrupted run go on; one with which something is wrong stays as it is."""
    try:
        interrupted = store.interrupted()
    except Exception:  # the server is of use without them
        _LOG.exception("no run goes on by itself: those that were interrupted can't be read")
        return
    for run in interrupted:
        try:
            recipe = Recipe.model_validate_json(run.recipe or "")
            of_sweep = run.sweep is not None
            supervisor.resume(run.id, recipe, run.step, run.training_seconds, of_sweep=of_sweep)
        except ValidationError:
            _LOG.warning("run %s stays interrupted: its recipe isn't valid any more", run.id)
        except Exception:
            _LOG.exception("run %s stays interrupted", run.id)


def _go_on_with_sweeps(sweeping: Sweeping, *, waits: bool) -> None:
    """Lines up what waits in sweeps; where that can't be read the server is of use without."""
    try:
        sweeping.open(waits=waits)
    except Exception:
        _LOG.exception("no sweep goes on by itself")


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


def __getattr__(name: str) -> Any:
    """Makes `app` from the environment when an ASGI server asks for it."""
    if name == "app":
        return create_app(Settings.from_environment())
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
