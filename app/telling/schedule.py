"""When things are looked at: snapshots, evaluations, and reports of losses."""

import math

from ..vocabulary.snapshot_steps import decade_of, is_snapshot_step, next_snapshot_step

_EVALUATION_DIGITS = (1, 2, 3, 6)
_LONGEST_SILENCE = 20  # updates between two `steps` events, so that curves move while one watches
_EVENTS_PER_RUN = 20_000
_FEWEST_SAMPLES = 192
# An image tried costs three fifths to two thirds of one trained on, in whole runs; a tenth of the
# time is reckoned to buy this many, at seven tenths.
_TRIED_PER_TRAINED = 0.14


def next_due(step: int, total_steps: int) -> int:
    """Finds the first step after `step` at which there is anything to do."""
    silence = _longest_silence(total_steps)
    return min(next_snapshot_step(step), step + silence - step % silence, total_steps)


def is_evaluation_step(step: int, total_steps: int) -> bool:
    """Tells whether the test set is tried after `step` updates: 0, 10, 20, 30, 60, 100, …, and
    last.
    """
    decade = decade_of(step)
    is_round = step >= 10 and step % decade == 0 and step // decade in _EVALUATION_DIGITS
    return is_round or step in (0, total_steps)


def is_report_step(step: int, total_steps: int) -> bool:
    """Tells whether the losses gathered so far are told after `step` updates."""
    return step % _longest_silence(total_steps) == 0 or is_snapshot_step(step, total_steps)


def evaluation_steps(total_steps: int) -> list[int]:
    """Returns the steps from 10 to `total_steps` at which the test set is tried, in order."""
    steps = []
    decade = 10
    while decade <= total_steps:
        steps += [digit * decade for digit in _EVALUATION_DIGITS if digit * decade <= total_steps]
        decade *= 10
    return steps


def validation_samples(total_steps: int, batch_size: int, test_size: int) -> int:
    """Says how many test images are tried at each evaluation but the last, which tries them all.

    What a tenth of the training time buys, the last evaluation paid first; in whole batches, since
    one that isn't full takes as long.
    """
    affordable = _TRIED_PER_TRAINED * total_steps * batch_size - test_size
    evaluations = 1 + len([step for step in evaluation_steps(total_steps) if step != total_steps])
    batches = max(math.ceil(_FEWEST_SAMPLES / batch_size), affordable / evaluations // batch_size)
    return min(test_size, int(batches) * batch_size)


def _longest_silence(total_steps: int) -> int:
    return max(_LONGEST_SILENCE, total_steps // _EVENTS_PER_RUN)
