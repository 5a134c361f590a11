"""What runs begin with that go on from another one, copied: its last checkpoint, or the weights of
one of its steps.

So they can be trained again from there, whatever becomes of the other.
"""

import hashlib
import json

import apsw

from ..past import Handover, packed_weights
from ..recipe import Recipe
from ..vocabulary.layers.naming import weight_names
from . import checkpoints, rows, runs, snapshots
from .errors import DataDamaged, RunUnknown, StateNotKept
from .recorded_run import recorded_run
from .runs import NewRun


def insert(connection: apsw.Connection, run: NewRun, created_at: float) -> None:
    """Adds a queued run that goes on from the one that it says it continues.

    Raises:
        RunUnknown: that one was deleted.
        StateNotKept: what it is to begin with isn't kept, or damaged.
    """
    continues = run.described.continues
    assert continues is not None
    before = runs.find(connection, continues.run)
    if before is None:
        raise RunUnknown(continues.run)
    take = _weights if continues.weights_only else _end
    data = take(connection, before, continues.step)
    if data is None:
        raise StateNotKept(continues.run)
    runs.insert(connection, run, created_at)
    connection.execute(
        "INSERT INTO beginnings SELECT number, ?, ? FROM runs WHERE id = ?",
        (data, hashlib.sha256(data).digest(), run.id),
    )


def _end(connection: apsw.Connection, before: runs.RunRow, step: int) -> bytes | None:
    """Returns the state at a run's end, if that is its `step`."""
    end = checkpoints.newest(connection, before.number)
    return None if end is None or before.step != step else end.data


def _weights(connection: apsw.Connection, before: runs.RunRow, step: int) -> bytes | None:
    """Returns all weights of a run after `step` updates, if every one of them was kept."""
    snapshot = snapshots.at(connection, before.id, step)
    if snapshot is None or before.recipe is None:
        return None
    recipe = Recipe.model_validate_json(before.recipe)
    names = weight_names(recipe.layers, recipe.dataset_info.shape)
    if any(name not in snapshot.arrays for name in names):
        return None
    return packed_weights(
        step, _start_rate(connection, before.id, step), [snapshot.arrays[name] for name in names]
    )


def _start_rate(connection: apsw.Connection, run_id: str, step: int) -> float | None:
    """Returns what the learning rate was set to by then, here or in the run that this one goes on
    from; None if nobody did.
    """
    run = recorded_run(connection, run_id)
    told = run and rows.latest_of_kind(connection, run, "learning_rate_changed", step)
    if told:
        rate: float = json.loads(told.body)["learning_rate"]
        return rate
    beginning = find(connection, run_id)
    return None if beginning is None else beginning.start_rate


def find(connection: apsw.Connection, run_id: str) -> Handover | None:
    """Returns what a run begins with; None if that is the untrained network, or there is no run.

    Raises:
        DataDamaged: it isn't what was written, or is missing.
    """
    run = runs.find(connection, run_id)
    if run is None or run.described.continues is None:
        return None
    sql = "SELECT data, sha256 FROM beginnings WHERE run = ?"
    for data, digest in connection.execute(sql, (run.number,)):
        if hashlib.sha256(data).digest() == digest:
            return Handover(run.described.continues, data)
    raise DataDamaged(run_id, "the state that it begins with")
