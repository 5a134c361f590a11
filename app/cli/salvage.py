"""`python -m app salvage FOLDER`: a new data folder of what is whole in a damaged one."""

import argparse
import sys
from pathlib import Path

from ..kept_pictures import PICTURES, copied_pictures
from ..store import StoreError
from ..store.salvage import salvage


def run(options: argparse.Namespace) -> int:
    """Says run by run what was kept; 0 if nothing was lost, 1 if something was."""
    folder = Path(options.folder).expanduser().resolve()
    new = Path(options.out).expanduser().resolve() if options.out else _beside(folder)
    try:
        reports = salvage(folder, new)
        for kept in copied_pictures(folder / PICTURES, new / PICTURES):
            print(f"pictures {kept.name}: copied")
    except (OSError, StoreError) as problem:
        print(f"Filterscope can't salvage this: {problem}", file=sys.stderr)
        return 1
    for report in reports:
        print(report.words)
    whole = sum(report.is_whole for report in reports)
    print(f"{whole} of {len(reports)} runs are whole. All that is left is in {new}")
    return 0 if whole == len(reports) else 1


def _beside(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}-salvaged")
