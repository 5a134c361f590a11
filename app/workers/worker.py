"""The process that trains: one run after another, told what to do through a pipe."""

import contextlib
import sys
import time
from pathlib import Path

from ..engine.plan import ParallelPlan
from ..recipe import PRESETS, resolve
from ..training.data import load_dataset
from ..training.loop import Training
from .messages import Command, Job, Leave, Report
from .server_line import ServerLine
from .session import Left, Session

# For whoever trains in a process that does nothing else. Elsewhere than on Linux a forked copy of
# a process that has used the system's libraries may break.
OWN_PROCESS = ParallelPlan(clock=time.perf_counter, forks=sys.platform == "linux")


def main(line: ServerLine, cache_folder: Path, plan: ParallelPlan | None = None) -> None:
    """Serves jobs until it may leave, or the other end closes, as it does when the server dies.

    Args:
        line: to the server.
        cache_folder: where generated data sets and null tables are kept.
        plan: who works on a batch at the same time.
    """
    with line, contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError, Left):
        if not line.poll():
            warm_up(cache_folder)
        while True:
            message = line.recv()
            if isinstance(message, Job):
                Session(line, message, load_dataset, cache_folder, plan).serve()
            elif isinstance(message, Command):  # it crossed the end of its run on the way
                line.send(Report(message.run_id, [], 0.0, False, True, message.number))
            elif isinstance(message, Leave):
                return


def warm_up(cache_folder: Path) -> None:
    """Makes what the presets share before anybody waits for it: data sets and null tables."""
    recipe = resolve({"preset": next(iter(PRESETS)), "steps": 1})
    for _ in Training(recipe, load_dataset(recipe, cache_folder), cache_folder).run():
        pass
