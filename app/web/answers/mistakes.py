"""What a network takes for something else, as the interface tells it."""

from .exchanged import Exchanged
from .history import TypedArray


class MistakesAnswer(Exchanged):
    """Mistakes after `step` updates, the surest first.

    `confusion` counts, for each true class, what its pictures were taken for. `index`, `label`,
    `taken_for`, `probability` and `images` (uint8 NHWC) have an entry for each mistake that is
    shown; `wrong` counts all among the `tried` pictures. `since`, where it is asked for, is the
    earliest kept step from which on each was taken for the same class without a break, of at most
    100 snapshots before; else null.
    """

    step: int
    tried: int
    wrong: int
    class_names: list[str]
    confusion: list[list[int]]
    index: list[int]
    label: list[int]
    taken_for: list[int]
    probability: list[float]
    since: list[int] | None
    images: TypedArray


class ConfusionAnswer(Exchanged):
    """What `images` test pictures were named after `step` updates.

    `matrix` counts them: a row for each true class, a column for each class that was said.
    """

    step: int
    images: int
    class_names: list[str]
    matrix: list[list[int]]
