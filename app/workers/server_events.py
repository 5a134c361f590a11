"""What is said of a run that doesn't follow from its training."""

from .. import events
from ..events import EncodedEvent, encode
from ..kept_pictures import PicturesGone
from ..numerics import Numerics, changes
from .crash import without_paths
from .holding import Lost


def status(status: events.Status, step: int, cause: events.Cause | None = None) -> EncodedEvent:
    """Says that the run is `status` now."""
    return encode(events.StatusChanged(step=step, status=status, cause=cause), step)


def numerics_changed(step: int, was: Numerics | None, now: Numerics) -> EncodedEvent:
    """Says that the run goes on with something else that computes."""
    words = changes(was, now) or ["a checkpoint from before a change was damaged"]
    return encode(events.NumericsChanged(step=step, changes=words, was=was, now=now), step)


def stopped(step: int) -> EncodedEvent:
    """Says that somebody stopped the run."""
    return encode(events.RunStopped(step=step), step)


def died(step: int, death: Lost) -> EncodedEvent:
    """Says that the worker that trained the run is no more."""
    return _failed(
        step,
        "worker_died",
        f"The process that trained this run {death.words}.",
        f"Everything up to this step is kept. {death.advice}",
    )


def broken(step: int, problem: Exception) -> EncodedEvent:
    """Says that training raised an error, which is told without any path of this machine."""
    advice = "Run it again; if it breaks at the same step, please report it with its recipe."
    if isinstance(problem, MemoryError):
        advice = "Run it again with a smaller batch_size or fewer filters."
    elif isinstance(problem, PicturesGone):
        advice = "Then run it again."
    return _failed(
        step,
        "worker_error",
        f"Training broke with {_in_words(problem)}",
        f"Everything up to this step is kept. {advice}",
    )


def not_reproduced(step: int, difference: str) -> EncodedEvent:
    """Says that after a restart the run didn't go as it is on record, so it can't go on."""
    return _failed(
        step,
        "not_reproduced",
        f"Trained again after a restart, this run isn't what it was: {difference[:300]}.",
        "What was on record is kept. It computed with the same version, NumPy and processor, so "
        "this should not happen: please report it with its recipe, and run it again.",
    )


def too_large(step: int, problem: Exception) -> EncodedEvent:
    """Says that the cluster's line to the server can't carry what the run tells."""
    return _failed(
        step,
        "too_large",
        f"What this run tells is too large to be sent from a cluster: {problem}.",
        "Train it on the server itself, which has no such bound: start it alone.",
    )


def unrecorded(step: int) -> EncodedEvent:
    """Says that the run's events could not be written, so it was ended."""
    return _failed(
        step,
        "not_recorded",
        "What this run told could not be written down, so it was ended.",
        "What was written before is kept; the server's log says what went wrong. Run it again.",
    )


def given_up(step: int, problem: BaseException) -> EncodedEvent:
    """Says that the server itself met an error with this run, and went on without it."""
    return _failed(
        step,
        "server_error",
        f"The server could not go on with this run: {_in_words(problem)}",
        "Everything up to this step is kept; the server's log says more. Run it again.",
    )


def _in_words(problem: BaseException) -> str:
    reason = (problem.strerror if isinstance(problem, OSError) else str(problem)) or "no reason"
    return f"{type(problem).__name__}: {without_paths(reason)[:300]}"


def _failed(step: int, code: str, message: str, advice: str) -> EncodedEvent:
    failed = events.RunFailed(step=step, code=code, message=message, advice=advice)
    return encode(failed, step)
