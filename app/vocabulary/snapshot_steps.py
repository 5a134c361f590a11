"""After which updates weights are kept: steps in a 1-2-5 pattern, ever sparser.

Most of what happens to a filter happens in the first hundred updates, and the page stretches its
time axis accordingly, log(1 + step / 5). Snapshots that lie about evenly on that axis show all of
it, and films stay short whatever a run's length.
"""

from functools import lru_cache

SNAPSHOTS_PER_FACTOR_E = 5  # as many as the page's axis has in one unit
_AXIS_START = 5


@lru_cache(maxsize=16)  # asked several times of one step
def snapshot_interval(step: int) -> int:
    """Gives the spacing of snapshots around `step`: the largest of 1, 2, 5, 10, … the axis
    allows.
    """
    largest = max(1, (step + _AXIS_START) // SNAPSHOTS_PER_FACTOR_E)
    decade = decade_of(largest)
    first_digit = largest // decade
    return decade * (1 if first_digit < 2 else 2 if first_digit < 5 else 5)


def is_snapshot_step(step: int, total_steps: int | None) -> bool:
    """Tells whether the weights are kept after `step` updates; frame 0 and the last always are.

    Of a run whose end is open, `total_steps` None, the last can't be known.
    """
    return step == total_steps or step % snapshot_interval(step) == 0


def next_snapshot_step(step: int) -> int:
    """Finds the first step of the pattern after `step`."""
    decade = decade_of(snapshot_interval(step))
    following = step + decade - step % decade
    while following % snapshot_interval(following):
        following += decade
    return following


def decade_of(number: int) -> int:
    """Returns the largest power of ten up to `number`, which is at least 1."""
    decade: int = 10 ** (len(str(number)) - 1)
    return decade
