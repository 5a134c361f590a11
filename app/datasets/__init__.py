"""Data sets: MNIST, dead leaves, and the two controls that spoil them on purpose.

`load` opens one; `catalogue` describes them without NumPy. Names are looked up when first used,
so that the server can read the catalogue at no cost.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .dataset import Dataset as Dataset
    from .loading import load as load

__all__ = ["Dataset", "load"]


def __getattr__(name: str) -> Any:
    if name == "load":
        from .loading import load

        return load
    if name == "Dataset":
        from .dataset import Dataset

        return Dataset
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
