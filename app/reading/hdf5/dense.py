"""Many links or attributes of one object: a B-tree of version 2 says where in a heap they lie."""

from typing import Final

from .btree import records_of
from .fractal_heap import FractalHeap
from .space import AddressSpace

# Where in a record the heap's id stands: after a hash in a link's, at the start of an attribute's.
_ID_AT: Final = {5: 4, 8: 0}


def dense_entries(space: AddressSpace, heap: int, tree: int, kind: int) -> list[bytes]:
    """Returns the messages of all links or attributes, by the tree's type of record."""
    messages = FractalHeap(space, heap)
    start = _ID_AT[kind]
    return [messages.entry(record[start:]) for record in records_of(space, tree, kind)]
