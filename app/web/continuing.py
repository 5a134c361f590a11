"""Runs that begin with what another one has come to."""

import asyncio

from ..external.described import Continues
from ..recipe import Recipe
from ..store import RunRow, RunUnknown, StateNotKept
from .problems import Problem
from .runs import new_run, run_again
from .services import Services


async def start_continuation(
    services: Services, run: RunRow, recipe: Recipe, continues: Continues, not_kept: str
) -> RunRow:
    """Starts a run that goes on from where `continues` says.

    Args:
        run: the one that it continues.
        not_kept: the sentence where what it would begin with is on record no more.

    Raises:
        Problem: 409 with that sentence, 404 where the run was deleted meanwhile.
    """
    new = new_run(run.preset, recipe)
    known = new.described.model_copy(update={"continues": continues, "begins": "unknown"})
    try:
        created = services.store.create_continuation(new._replace(described=known))
        await asyncio.wrap_future(created)
    except StateNotKept:
        raise Problem(409, "state_not_kept", not_kept) from None
    except RunUnknown:
        raise Problem(404, "run_unknown", "This run was deleted meanwhile.") from None
    services.supervisor.start(new.id, recipe)
    return await run_again(services, new.id)
