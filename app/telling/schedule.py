"""When things are looked at: steps follow one another in a 1-2-5 pattern, ever sparser.

Most of what happens to a filter happens in the first hundred updates, and the page stretches its
time axis accordingly, log(1 + step / 5). Snapshots that lie about evenly on that axis show all of
it, and films stay short whatever a run's length.
"""

import math
from functools import lru_cache

SNAPSHOTS_PER_FACTOR_E = 5  # as many as the page's axis has in one unit
_AXIS_START = 5
_EVALUATION_DIGITS = (1, 2, 3, 6)
_LONGEST_SILENCE = 20  # updates between two `steps` events, so that curves move while one watches
_EVENTS_PER_RUN = 20_000
_FEWEST_SAMPLES = 192
# An image tried costs three fifths to two thirds of one trained on, in whole runs; a tenth of the
# time is reckoned to buy this many, at seven tenths.
_TRIED_PER_TRAINED = 0.14


@lru_cache(maxsize=16)  # asked several times of one step
def snapshot_interval(step: int) -> int:
    """Gives the spacing of snapshots around `step`: the largest of 1, 2, 5, 10, … the axis
    allows.
    """
    largest = max(1, (step + _AXIS_START) // SNAPSHOTS_PER_FACTOR_E)
    decade = _decade(largest)
    first_digit = largest // decade
    return decade * (1 if first_digit < 2 else 2 if first_digit < 5 else 5)


def next_due(step: int, total_steps: int) -> int:
    """Finds the first step after `step` at which there is anything to do."""
    silence = _longest_silence(total_steps)
    decade = _decade(snapshot_interval(step))
    snapshot = step + decade - step % decade
    while not is_snapshot_step(snapshot, total_steps):
        snapshot += decade
    return min(snapshot, step + silence - step % silence, total_steps)


def is_snapshot_step(step: int, total_steps: int | None) -> bool:
    """Tells whether the weights are kept after `step` updates; frame 0 and the last always are.

    Of a run whose end is open, `total_steps` None, the last can't be known.
    """
    return step == total_steps or step % snapshot_interval(step) == 0


def is_evaluation_step(step: int, total_steps: int) -> bool:
    """Tells whether the test set is tried after `step` updates: 0, 10, 20, 30, 60, 100, …, and
    last.
    """
    decade = _decade(step)
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


def _decade(number: int) -> int:
    """Returns the largest power of ten up to it."""
    decade: int = 10 ** (len(str(number)) - 1)
    return decade
