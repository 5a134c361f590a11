"""Making a new folder of what is whole in a damaged one."""

from .rebuilding import salvage
from .report import RunReport

__all__ = ["RunReport", "salvage"]
