"""How often a worker and its replica are on one core: python -m bench.on_one_core

Both train strokes, in turns with and without steps off a shared core: on a quiet machine, beside a
neighbour's burst, just after it, and where both cores are wanted by others.
"""

from collections.abc import Iterator
from statistics import mean, median

from app.kernels import kernels_in_words
from app.workers.worker import OWN_PROCESS
from bench.core_samples import AFTER, PHASES, QUIET, WANTED, Phase, Sample, Samples, in_a_process
from bench.row import HEADING, Row, milliseconds, percentile

_ROUNDS = 4
_MOST_SHARED = 0.05
_NO_WORSE = 1.1
_WAYS = {"always together": True, "as the trial chooses": False}


def measure() -> Iterator[Row]:
    """Measures in turns; nothing where a replica is no process, or has no core of its own."""
    if not OWN_PROCESS.forks or OWN_PROCESS.size < 2:
        yield Row("worker and replica on one core", "", "not measured: no second core")
        return
    for way, together in _WAYS.items():
        moving, staying = _in_turns(together)
        for phase in PHASES:
            yield _row(way, phase, moving[phase.what], staying[phase.what])


def _in_turns(together: bool) -> tuple[Samples, Samples]:
    sides: tuple[Samples, Samples] = ({}, {})
    for turn in range(2 * _ROUNDS):
        number = (0, 1, 1, 0)[turn % 4]  # whoever was second is first next time
        side, moves = sides[number], number == 0
        for what, samples in in_a_process(together, moves).items():
            side.setdefault(what, []).extend(samples)
    return sides


def _row(way: str, phase: Phase, moving: list[Sample], staying: list[Sample]) -> Row:
    """Compares with how it is without moving, in brackets."""
    (shared, typical, slow, words), (_, before, slow_before, other) = map(_told, (moving, staying))
    budget, holds = "", None
    if phase in (QUIET, AFTER):
        budget, holds = "≤ 5 %", None if shared is None else shared <= _MOST_SHARED
        words = f"not measured: {words}" if shared is None else words
    elif phase == WANTED:
        budget = "a step no longer"
        holds = typical <= _NO_WORSE * before and slow <= _NO_WORSE * slow_before
    return Row(f"on one core, {way}, {phase.what}", budget, f"{words} ({other})", holds)


def _told(samples: list[Sample]) -> tuple[float | None, float, float, str]:
    """Returns the share on one core, median and p90 of seconds a step, and all in words.

    No share where the replica rested in every sample.
    """
    seconds = [sample.step_seconds for sample in samples]
    awake = [sample.shared for sample in samples if sample.shared is not None]
    typical, slow = median(seconds), percentile(seconds, 90)
    words = f"{sum(awake)} of {len(awake)}, a step {milliseconds(typical)}, p90 "
    others = f"{milliseconds(slow)}, others {mean(sample.others for sample in samples):.0%}"
    return sum(awake) / len(awake) if awake else None, typical, slow, words + others


if __name__ == "__main__":
    print(f"with kernels: {kernels_in_words()}")
    print(HEADING)
    for row in measure():
        print(row, flush=True)
