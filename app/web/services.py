"""What a request can use: opened with the server, closed with it."""

from collections.abc import Sequence
from typing import Annotated, NamedTuple

from fastapi import Depends, Path, Request

from ..settings import Settings
from ..store import RunRow, Store
from ..workers.supervisors import AnySupervisor
from .aside import Aside
from .blackboard import Blackboard
from .classroom import Classroom
from .cluster_tasks import ClusterTasks
from .drawing_line import DrawingLine
from .gatherings import Gatherings
from .hub import Hub
from .ingest import Ingest
from .kept_curves import KeptCurves
from .opener import Opener
from .problems import Problem
from .shared_answers import SharedAnswers
from .spool import Spool
from .sweep_telling import SweepTelling
from .sweeping import Sweeping
from .told_lists import WrittenOnce
from .uploads import Uploads


class Services(NamedTuple):
    """The parts of a running server. Exports take seconds, so they don't keep `aside` waiting.

    `tasks` are those of a cluster, where there is one.
    """

    settings: Settings
    store: Store
    hub: Hub
    supervisor: AnySupervisor
    aside: Aside
    exports: Aside
    spool: Spool
    classroom: Classroom
    blackboard: Blackboard
    shared: SharedAnswers
    ingest: Ingest
    opener: Opener
    uploads: Uploads
    gatherings: Gatherings
    written: WrittenOnce
    strips: WrittenOnce
    sweeping: Sweeping
    sweeps: SweepTelling
    curves: KeptCurves
    tasks: ClusterTasks | None
    drawing_line: DrawingLine

    async def forget(self, run_ids: Sequence[str]) -> None:
        """Ends the streams of runs that were deleted, and deletes what was kept of them."""
        for run_id in run_ids:
            self.hub.forget(run_id)
        await self.curves.forget(run_ids)


def services_of(request: Request) -> Services:
    """Returns the parts of the server that got `request`."""
    services: Services = request.app.state.services
    return services


Serving = Annotated[Services, Depends(services_of)]


def run_named(store: Store, run_id: str) -> RunRow | None:
    """Returns the run of that id, or for `latest` the newest; None if there is none.

    Raises:
        DataDamaged: its entry isn't what was recorded.
    """
    latest = store.latest() if run_id == "latest" else None
    return latest or store.run(run_id)


def known_run(store: Store, run_id: str) -> RunRow:
    """Returns the run of that id, or for `latest` the newest; raises as `found_run`."""
    run = run_named(store, run_id)
    if run is None:
        message = "There is no such run; perhaps it was deleted."
        raise Problem(404, "run_unknown", message, field="run_id")
    return run


def found_run(
    request: Request,
    services: Serving,
    run_id: Annotated[str, Path(description="the run's id, or `latest` for the newest run")],
) -> RunRow:
    """Returns the run a path names; notes which layer of it somebody looks at.

    Raises:
        Problem: 404 if there is none.
        DataDamaged: its entry isn't what was recorded.
    """
    run = known_run(services.store, run_id)
    layer = request.path_params.get("layer") or request.query_params.get("layer")
    if layer in run.layers and run.described.source == "watched":
        services.ingest.wanted.ask(run.id, layer)
    return run


FoundRun = Annotated[RunRow, Depends(found_run)]
