"""Prints the budgets beside what this machine does: python -m bench [NAME ...]

Each name is a file of this folder. It takes some minutes, uses the loopback only, and ends by
itself; figures are worth something on a machine that does nothing else.
"""

import argparse
import importlib
import sys

from app.kernels import kernels_in_words
from bench.row import HEADING

NAMES = (
    "start_up",
    "page",
    "light_page",
    "drawing",
    "workshop",
    "replaying",
    "scrubbing",
    "network_strip",
    "looking_closely",
    "doing_without",
    "get_latency",
    "run_table",
    "long_runs",
    "sweeps",
    "cluster",
    "viewers",
    "slow_viewers",
    "silent",
    "lecture",
    "abusers",
    "memory",
    "watching",
    "many_scripts",
    "catalogue",
    "analysis_cost",
    "checkpoint_cost",
    "frozen",
    "on_one_core",
    "reading",
)


def main() -> int:
    """Runs the measurements; 1 if a budget was missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of {', '.join(NAMES)}")
    names = parser.parse_args().names or NAMES
    if unknown := set(names) - set(NAMES):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    print(f"with kernels: {kernels_in_words()}")
    print(HEADING, flush=True)
    missed = 0
    for name in names:
        for row in importlib.import_module(f"bench.{name}").measure():
            print(row, flush=True)
            missed += row.holds is False
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
