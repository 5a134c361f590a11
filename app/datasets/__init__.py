"""Data sets: MNIST, dead leaves, and the two controls that spoil them on purpose.

`load` opens one; `app.vocabulary.datasets` says which there are.
"""

from .dataset import Dataset
from .loading import load

__all__ = ["Dataset", "load"]
