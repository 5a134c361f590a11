"""Cells of a notebook that are run again: what they opened before is over."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable
from types import FrameType
from typing import Any, NamedTuple

_CELLS_FILE = "ipykernel_"  # in the name under which a cell's code is known


class Execution(NamedTuple):
    """One time that a cell is run.

    Attributes:
        cell: the notebook's name for it; else its code's.
        number: what stands in brackets beside it.
    """

    cell: str
    number: int


_OPENED: list[tuple[Execution, weakref.WeakMethod[Callable[[], object]]]] = []


def close_earlier(close: Callable[[], object]) -> None:
    """Closes what earlier executions of the cell that runs now have opened, and remembers this one.

    Runs that the same execution opened stay: a cell may watch two networks. Outside of a notebook
    it does nothing.

    Args:
        close: a run's method, called when its cell is run again.
    """
    now = current_execution()
    if now is None:
        return
    earlier = [one for one in _OPENED if one[0].cell == now.cell and one[0].number != now.number]
    _OPENED[:] = [one for one in _OPENED if one not in earlier and one[1]() is not None]
    _OPENED.append((now, weakref.WeakMethod(close)))
    for _, end in earlier:
        if ends := end():
            ends()


def current_execution() -> Execution | None:
    """Returns which cell runs; None outside of a notebook."""
    module = sys.modules.get("IPython")
    shell: Any = module.get_ipython() if module is not None else None
    if shell is None:
        return None
    try:
        named = shell.get_parent()["metadata"]["cellId"]
    except Exception:  # not every notebook names its cells
        named = None
    cell = named or _code_of_cell(sys._getframe())
    return Execution(str(cell), int(shell.execution_count)) if cell else None


def _code_of_cell(frame: FrameType | None) -> str | None:
    found = None
    while frame is not None:
        if _CELLS_FILE in frame.f_code.co_filename:
            found = frame.f_code.co_filename
        frame = frame.f_back
    return found
