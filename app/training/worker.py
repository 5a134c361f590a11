"""The process that trains: one run after another, told what to do through a pipe."""

import contextlib
import functools
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

from .. import datasets
from ..datasets import Dataset
from ..engine.parallel import ParallelPlan
from ..recipe import PRESETS, Recipe, resolve
from .loop import Training
from .messages import Command, Job, Leave, Report
from .session import Left, Session

# For whoever trains in a process that does nothing else. Elsewhere than on Linux a forked copy of
# a process that has used the system's libraries may break.
OWN_PROCESS = ParallelPlan(clock=time.perf_counter, forks=sys.platform == "linux")


def main(connection: Connection, cache_folder: Path, plan: ParallelPlan | None = None) -> None:
    """Serves jobs until it may leave, or the other end closes, as it does when the server dies.

    Args:
        connection: to the server.
        cache_folder: where generated data sets and null tables are kept.
        plan: who works on a batch at the same time.
    """
    with connection, contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError, Left):
        if not connection.poll():
            warm_up(cache_folder)
        while True:
            message = connection.recv()
            if isinstance(message, Job):
                Session(connection, message, load_dataset, cache_folder, plan).serve()
            elif isinstance(message, Command):  # it crossed the end of its run on the way
                connection.send(Report(message.run_id, [], 0.0, False, True, message.number))
            elif isinstance(message, Leave):
                return


def warm_up(cache_folder: Path) -> None:
    """Makes what the presets share before anybody waits for it: data sets and null tables."""
    recipe = resolve({"preset": next(iter(PRESETS)), "steps": 1})
    for _ in Training(recipe, load_dataset(recipe, cache_folder), cache_folder).run():
        pass


def load_dataset(recipe: Recipe, cache_folder: Path) -> Dataset:
    """The recipe's data; the last few stay in memory for the next run."""
    is_spoiled = (recipe.pixels, recipe.labels) != ("natural", "true")
    return _load(
        recipe.dataset,
        scaling=recipe.scaling,
        pixels=recipe.pixels,
        labels=recipe.labels,
        seed=recipe.seed if is_spoiled else 0,
        data_seed=recipe.data_seed,
        cache_folder=cache_folder,
    )


_load = functools.lru_cache(maxsize=2)(datasets.load)
