"""What the supervisor says of a run when no worker can."""

from app import events
from app.events import EncodedEvent, encode


def status(status: events.Status, step: int) -> EncodedEvent:
    """The run is `status` now."""
    return encode(events.StatusChanged(step=step, status=status), step)


def stopped(step: int) -> EncodedEvent:
    """Somebody stopped the run."""
    return encode(events.RunStopped(step=step), step)


def died(step: int, how: str) -> EncodedEvent:
    """The worker that trained the run is no more; `how` says what became of it."""
    failed = events.RunFailed(
        step=step,
        code="worker_died",
        message=f"The process that trained this run {how}.",
        advice="Everything up to this step is kept. Run it again; if memory was short, use a "
        "smaller batch_size or fewer filters.",
    )
    return encode(failed, step)


def unrecorded(step: int) -> EncodedEvent:
    """What the run told could not be written, so it was ended."""
    failed = events.RunFailed(
        step=step,
        code="not_recorded",
        message="What this run told could not be written to disk, so it was ended.",
        advice="Make room on the disk, then run it again; what was written before is kept.",
    )
    return encode(failed, step)
