"""Starts of a program under one key: which of them tells its run, and what another may do."""

from collections.abc import Sequence
from typing import NamedTuple

from ..external.registration import NewAttempt, Registration
from ..store import ExternalRun, RunRow, ToldAttempt
from .problems import Problem

_LIVE = ("queued", "running")


class Registered(NamedTuple):
    """A run as its program is told of it.

    Attributes:
        attempt: the start of the program that asks.
        next: the number of the item that is wanted of it.
    """

    run: RunRow
    attempt: ToldAttempt
    next: int
    is_new: bool = False


def registered(
    run: RunRow, told: ExternalRun, attempts: Sequence[ToldAttempt], said: Registration
) -> Registered:
    """Finds which start of a program it is that registers.

    A file says of itself that it is the first attempt, where nobody was there to tell it
    otherwise: it is known by its process, and may belong to an attempt that others followed.

    Raises:
        Problem: 409 it is none that is known, or one that is over.
    """
    if (said.attempt, said.client) == (told.attempt, told.client):
        return Registered(run, newest(told, attempts), told.next)
    of_client = [one for one in attempts if one.client == said.client] if said.recorded else []
    if not of_client:
        raise taken(told)
    same_number = [one for one in of_client if one.attempt == said.attempt]
    found = (same_number or of_client)[0]
    later = [one.first for one in attempts if one.attempt > found.attempt]
    return Registered(run, found, later[0] if later else told.next)


def newest(told: ExternalRun, attempts: Sequence[ToldAttempt]) -> ToldAttempt:
    """Returns the attempt that tells a run now; of older databases as far as that is known."""
    known = [one for one in attempts if one.attempt == told.attempt]
    return known[0] if known else ToldAttempt(told.key, told.attempt, told.client)


def check_follows(
    now: ToldAttempt, run: RunRow, silence_seconds: float | None, said: NewAttempt
) -> None:
    """Lets a file begin an attempt only where it shuts out no program that goes on telling.

    Args:
        now: the attempt that tells the run.
        silence_seconds: for how long it wasn't heard; None where nobody listens to it.

    Raises:
        Problem: 409 a program tells it just now, or one that began at a later step has.
    """
    if not said.recorded:
        return
    if run.status in _LIVE and silence_seconds is not None and not now.is_recorded:
        message = "A program tells this run just now; send the file when it has ended."
        raise Problem(409, "run_live", message, field="attempt")
    if said.from_step < now.from_step:
        message = (
            f"What went on from step {now.from_step:,} is on record already, so what came before "
            "it can't be told any more. Send files of one run together, or the earlier one first."
        )
        raise Problem(409, "attempt_over", message, field="from_step", limit=now.from_step)


def taken(told: ExternalRun) -> Problem:
    """Returns the answer to a program that isn't the one that tells a run."""
    message = (
        f"Another program tells this run as its attempt {told.attempt}. To go on in its place, "
        f"begin attempt {told.attempt + 1}."
    )
    return Problem(409, "attempt_taken", message, field="attempt", limit=told.attempt)


def over(told: ExternalRun) -> Problem:
    """Returns the answer to items of an attempt that others followed."""
    message = f"Attempt {told.attempt} tells this run now; what others send isn't taken any more."
    return Problem(409, "attempt_over", message, field="attempt", limit=told.attempt)
