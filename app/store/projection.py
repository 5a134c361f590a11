"""What each kind of event changes in its run's row of the runs; most change how far it is alone."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from ..events import EncodedEvent

Columns = dict[str, Any]
Body = dict[str, Any]


def project(events: Iterable[EncodedEvent], recorded_at: float) -> Columns:
    """Computes the columns of `runs` that `events`, in this order, leave changed."""
    changed: Columns = {}
    for event in events:
        changed["step"] = event.step
        if event.kind in _PROJECTIONS:
            changed |= _PROJECTIONS[event.kind](json.loads(event.body), recorded_at)
    return changed


def _started(_body: Body, recorded_at: float) -> Columns:
    return {"status": "running", "started_at": recorded_at}


def _steps(body: Body, _recorded_at: float) -> Columns:
    return {name: body[name][-1] for name in ("loss", "accuracy") if body.get(name)}


def _snapshot(body: Body, _recorded_at: float) -> Columns:
    if "counts" not in body:  # of a layer that can't be judged
        return {}
    return {
        "score": body["layer_score"],
        "oriented": body["oriented"],
        "label_counts": json.dumps(body["counts"]),
    }


def _evaluated(body: Body, _recorded_at: float) -> Columns:
    return {name: body.get(name) for name in ("validation_loss", "validation_accuracy")}


def _status_changed(body: Body, _recorded_at: float) -> Columns:
    if body["status"] == "running":  # perhaps it had ended before, for whoever trains it elsewhere
        return {"status": "running", "ended_at": None, "error": None}
    return {"status": body["status"]}


def _length_changed(body: Body, _recorded_at: float) -> Columns:
    return {"total_steps": body["total_steps"]}


def _finished(_body: Body, recorded_at: float) -> Columns:
    return {"status": "finished", "ended_at": recorded_at}


def _stopped(_body: Body, recorded_at: float) -> Columns:
    return {"status": "stopped", "ended_at": recorded_at}


def _failed(body: Body, recorded_at: float) -> Columns:
    error = {name: body[name] for name in ("code", "message", "advice")}
    return {"status": "failed", "ended_at": recorded_at, "error": json.dumps(error)}


_PROJECTIONS: dict[str, Callable[[Body, float], Columns]] = {
    "run_started": _started,
    "steps": _steps,
    "snapshot": _snapshot,
    "evaluated": _evaluated,
    "status_changed": _status_changed,
    "length_changed": _length_changed,
    "run_finished": _finished,
    "run_stopped": _stopped,
    "run_failed": _failed,
}
