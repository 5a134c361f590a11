"""After how many updates a file of Keras was written, where its optimiser lies in it too."""

from .contents import WeightsUnreadable
from .hdf5.arrays import Hdf5Array
from .hdf5.file import Hdf5Group

_LATEST = 2**53


def updates_done(root: Hdf5Group) -> int | None:
    """Returns the optimiser's count; None if it isn't there, or still 0."""
    array = root.array("optimizer/vars/0") or _named_iteration(root)
    if array is None or array.shape != () or array.number is None or array.number[1] not in "iu":
        return None
    try:
        count = int(array.read()[()])
    except WeightsUnreadable:
        return None
    return count if 0 < count <= _LATEST else None


def _named_iteration(root: Hdf5Group) -> Hdf5Array | None:
    group = root.group("optimizer_weights")
    names = group.attributes.split_texts("weight_names") if group else None
    for name in names or ():
        if name.rpartition("/")[2].partition(":")[0] in ("iteration", "iterations"):
            return group.array(name) if group else None
    return None
