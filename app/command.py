"""What people type to start Filterscope, for usage and for sentences that tell them to."""

import sys
from pathlib import Path

INSTALLED = "filterscope"


def command_name() -> str:
    """Returns `filterscope` if that started this process; else what works too: `python -m app`."""
    started_by_name = Path(sys.argv[0]).stem == INSTALLED
    return INSTALLED if started_by_name else f"python -m {__package__}"
