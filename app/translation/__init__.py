"""Between recipes and the code that people write: a pasted line is read as data, never run."""

from .pasted import Pasted, read_code
from .source import NotCode

__all__ = ["NotCode", "Pasted", "read_code"]
