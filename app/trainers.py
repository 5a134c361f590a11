"""Who trains the runs of a server, here or on a cluster, and what goes on when it starts."""

import logging
from functools import partial

from pydantic import ValidationError

from .cluster.notices import Where
from .cluster.pool import ClusterPool
from .cluster.scheduler_link import SchedulerLink
from .recipe import Recipe
from .settings import Settings
from .store import Store
from .web.sweeping import Sweeping
from .workers.backlog import Backlog
from .workers.supervisor import Supervisor
from .workers.supervisors import AnySupervisor, Supervisors

_LOG = logging.getLogger("filterscope")


def cluster_pool(settings: Settings, token: str | None) -> ClusterPool | None:
    """Returns the places for runs on the cluster, if there is one."""
    if settings.scheduler is None:
        return None
    return ClusterPool(SchedulerLink(Where(settings.scheduler, settings.url_for_cluster, token)))


def supervisors(
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


def resume_all(store: Store, supervisor: AnySupervisor) -> None:
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


def go_on_with_sweeps(sweeping: Sweeping, *, waits: bool) -> None:
    """Lines up what waits in sweeps; where that can't be read the server is of use without."""
    try:
        sweeping.open(waits=waits)
    except Exception:
        _LOG.exception("no sweep goes on by itself")
