"""How a training ended, as far as its process knows."""

from __future__ import annotations

import sys
from typing import Literal

Outcome = Literal["finished", "stopped", "failed"]


def outcome_of(error: BaseException | None) -> tuple[Outcome, str | None]:
    """Says what an error that ended a training made of it, and with which words."""
    if error is None or (isinstance(error, SystemExit) and not error.code):
        return "finished", None
    if isinstance(error, KeyboardInterrupt):
        return "stopped", None
    return "failed", f"{type(error).__name__}: {error}"


def error_of_script() -> BaseException | None:
    """Gives what ended the script, where that was an error that nobody caught.

    A notebook or a prompt goes on after its errors, so there it is None.
    """
    if hasattr(sys, "ps1") or "ipykernel" in sys.modules:
        return None
    return getattr(sys, "last_value", None)
