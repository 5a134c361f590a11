"""Data sets as the interface tells them."""

from .exchanged import Exchanged
from .history import TypedArray


class LeftOutAnswer(Exchanged):
    """A file that isn't in the data set, and why."""

    name: str
    why: str


class OwnAnswer(Exchanged):
    """What else is known of pictures of one's own.

    `train_counts` and `test_counts` are pictures by class; `left_out` tells the first of
    `left_out_count` files; `hidden` are files of the system's own. `needed_by` are the runs that
    were trained on them, where one data set alone was asked for.
    """

    digest: str
    train_counts: list[int]
    test_counts: list[int]
    fit: str
    background: str
    understood: list[str]
    left_out: list[LeftOutAnswer]
    left_out_count: int
    hidden: int
    added_at: str
    needed_by: list[str] | None = None


class DatasetAnswer(Exchanged):
    """A data set and where it comes from; `shape` is that of one image.

    `name` is what a recipe names it by; `own` is there where it is made of somebody's pictures.
    """

    name: str
    title: str
    sentence: str
    shape: tuple[int, int, int]
    class_names: list[str]
    train_size: int
    test_size: int
    source: str
    licence: str
    own: OwnAnswer | None = None


class BeingMade(Exchanged):
    """A data set that is being made; `total` is null while its pictures are still being sent."""

    name: str
    done: int
    total: int | None


class DatasetList(Exchanged):
    """All data sets, and those that are being made."""

    datasets: list[DatasetAnswer]
    being_made: list[BeingMade]


class Samples(Exchanged):
    """Images to look at (uint8, count × height × width × channels) and their labels.

    A label is the index of a class name, or −1 where the data set has no classes. `inputs`, float32
    of the same shape, are the images as a network sees them, where a scaling was asked for.
    """

    dataset: str
    split: str
    start: int
    images: TypedArray
    labels: list[int]
    class_names: list[str]
    inputs: TypedArray | None = None
