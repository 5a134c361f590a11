"""`python -m app crash RUN`: why a run's training broke, in full."""

import argparse
import sys

from ..store import StoreError
from .recorded import recorded_run


def run(options: argparse.Namespace) -> int:
    """Prints the crash report; 1 if there is none."""
    try:
        with recorded_run(options.run) as (reading, row):
            report = reading.crash_report(row.id)
    except (ValueError, OSError, StoreError) as problem:
        print(f"Filterscope can't tell: {problem}", file=sys.stderr)
        return 1
    print(report or f"Nothing is on record: run {row.id} is {row.status}.")
    return 0 if report else 1
