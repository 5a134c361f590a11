"""What data sets there are, told without loading one (and without NumPy)."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class DatasetInfo:
    """A data set as a reader meets it.

    `shape` is (height, width, channels) of one image; `class_names` is empty where nothing is said
    of an image; `source` and `licence` say where it comes from and what one may do with it.
    """

    name: str
    title: str
    sentence: str
    shape: tuple[int, int, int]
    class_names: tuple[str, ...]
    train_size: int
    test_size: int
    source: str
    licence: str


_MNIST = DatasetInfo(
    name="mnist",
    title="MNIST",
    sentence="Handwritten digits, white ink on black, 28×28 pixels: the example everyone starts "
    "with.",
    shape=(28, 28, 1),
    class_names=("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
    train_size=60_000,
    test_size=10_000,
    source="LeCun, Cortes and Burges; LeCun, Bottou, Bengio and Haffner 1998",
    licence="CC BY-SA 3.0",
)

_DEAD_LEAVES = DatasetInfo(
    name="dead-leaves",
    title="Dead leaves",
    sentence="Coloured discs and bars fall one over the other; the class says at which angle the "
    "bars lie or from which palette the discs are.",
    shape=(32, 32, 3),
    class_names=(
        "bars at 0°",
        "bars at 30°",
        "bars at 60°",
        "bars at 90°",
        "bars at 120°",
        "bars at 150°",
        "discs, natural",
        "discs, gray",
        "discs, warm",
        "discs, vivid",
    ),
    train_size=10_000,
    test_size=2_000,
    source="drawn here, after Lee, Mumford and Huang 2001 and Baradad et al. 2021",
    licence="MIT, like the code that draws it",
)

_GRAY_LEAVES = DatasetInfo(
    name="gray-leaves",
    title="Gray leaves",
    sentence="Gray discs fall one over the other; there are no classes, and so no right answers.",
    shape=(32, 32, 1),
    class_names=(),
    train_size=10_000,
    test_size=2_000,
    source="drawn here, after Lee, Mumford and Huang 2001",
    licence="MIT, like the code that draws it",
)

DATASETS: Final[dict[str, DatasetInfo]] = {
    info.name: info for info in (_DEAD_LEAVES, _MNIST, _GRAY_LEAVES)
}
