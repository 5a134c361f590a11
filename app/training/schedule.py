"""When things are looked at: steps follow one another in a 1-2-5 pattern, ever sparser.

Most of what happens to a filter happens in the first hundred updates, so a fixed share of the
step number is the right spacing: films stay a hundred frames long whatever a run's length.
"""

from collections.abc import Iterator
from itertools import takewhile

SNAPSHOTS_PER_TENFOLD = 10
_EVALUATION_DIGITS = (1, 2, 3, 6)
_LONGEST_SILENCE = 10  # updates between two `steps` events, so that curves move while one watches
_EVENTS_PER_RUN = 20_000
_FEWEST_SAMPLES = 256


def snapshot_interval(step: int) -> int:
    """The spacing of snapshots around `step`: the largest of 1, 2, 5, 10, … up to a tenth of it."""
    largest = max(1, step // SNAPSHOTS_PER_TENFOLD)
    return max(takewhile(lambda interval: interval <= largest, _one_two_five()))


def is_snapshot_step(step: int, total_steps: int) -> bool:
    """Whether the weights are kept after `step` updates; frame 0 and the last always are."""
    return step == total_steps or step % snapshot_interval(step) == 0


def is_evaluation_step(step: int, total_steps: int) -> bool:
    """Whether the test set is tried after `step` updates: 0, 10, 20, 30, 60, 100, …, and last."""
    return step in (0, total_steps) or step in evaluation_steps(step)[-1:]


def is_report_step(step: int, total_steps: int) -> bool:
    """Whether the losses gathered so far are told after `step` updates."""
    longest = max(_LONGEST_SILENCE, total_steps // _EVENTS_PER_RUN)
    return step == total_steps or step % min(longest, snapshot_interval(step)) == 0


def evaluation_steps(total_steps: int) -> list[int]:
    """The steps from 10 to `total_steps` at which the test set is tried, in order."""
    steps = []
    decade = 10
    while decade <= total_steps:
        steps += [digit * decade for digit in _EVALUATION_DIGITS if digit * decade <= total_steps]
        decade *= 10
    return steps


def validation_samples(total_steps: int, batch_size: int, test_size: int) -> int:
    """How many test images are tried at each evaluation but the last, which tries them all.

    Inference costs about a third of training per image, so a tenth of the training time buys
    three tenths of the images trained on. The last evaluation is paid from that first.
    """
    affordable = 0.3 * total_steps * batch_size - test_size
    evaluations = 1 + len([step for step in evaluation_steps(total_steps) if step != total_steps])
    return int(min(test_size, max(_FEWEST_SAMPLES, affordable / evaluations)))


def _one_two_five() -> Iterator[int]:
    decade = 1
    while True:
        yield from (decade, 2 * decade, 5 * decade)
        decade *= 10
