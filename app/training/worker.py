"""The process that trains: one run after another, told what to do through a pipe."""

import contextlib
import functools
import time
import traceback
from multiprocessing.connection import Connection
from pathlib import Path

from app import datasets, events
from app.datasets import Dataset
from app.events import EncodedEvent, encode
from app.recipe import PRESETS, Recipe, resolve
from app.training.loop import Training
from app.training.messages import Command, Job, Report


def main(connection: Connection, cache_folder: Path) -> None:
    """Serves jobs until the other end of `connection` closes, as it does when the server dies."""
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        if not connection.poll():
            warm_up(cache_folder)
        while True:
            message = connection.recv()
            if isinstance(message, Job):
                _Session(connection, message, cache_folder).serve()
            else:  # it crossed the end of its run on the way
                connection.send(Report(message.run_id, [], 0.0, False, True, message.number))


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


class _Session:
    """One run from its job to its last event."""

    def __init__(self, connection: Connection, job: Job, cache_folder: Path) -> None:
        self._connection = connection
        self._job = job
        self._cache_folder = cache_folder
        self._training: Training | None = None
        self._seconds = 0.0
        self._is_paused = False
        self._pause_at: int | None = None

    def serve(self) -> None:
        """Trains until the run is over, obeying commands between updates."""
        try:
            self._train()
        except (EOFError, ConnectionError):  # the server is gone, so is whoever could be told
            raise
        except Exception as problem:
            traceback.print_exc()
            step = self._training.step if self._training else 0
            self._send([_broken(step, problem)], is_over=True)

    def _train(self) -> None:
        began = time.perf_counter()
        dataset = load_dataset(self._job.recipe, self._cache_folder)
        training = self._training = Training(
            self._job.recipe, dataset, self._cache_folder, clock=time.perf_counter
        )
        self._send(training.begin())
        self._seconds += time.perf_counter() - began
        while not training.is_over:
            if self._is_paused or self._connection.poll():
                self._obey(self._connection.recv(), training)
                continue
            began = time.perf_counter()
            told = training.advance()
            self._seconds += time.perf_counter() - began
            if told:
                self._send(told, is_over=training.is_over)
            if training.step == self._pause_at and not training.is_over:
                self._pause_at = None
                self._is_paused = True
                self._send(training.pause(), is_over=training.is_over)

    def _obey(self, command: Command, training: Training) -> None:
        told: list[EncodedEvent] = []
        if command.learning_rate is not None:
            told += training.change_learning_rate(command.learning_rate)
        if command.status == "stopped":
            told += training.stop()
        elif command.advance is not None:
            told += training.resume(command.advance)
            self._is_paused = False
            self._pause_at = training.step + command.advance
        elif command.status == "paused" and not self._is_paused:
            told += training.pause()
            self._is_paused = True
            self._pause_at = None
        elif command.status == "running" and (self._is_paused or self._pause_at is not None):
            told += training.resume()
            self._is_paused = False
            self._pause_at = None
        self._send(told, is_over=training.is_over, answers=command.number)

    def _send(
        self, told: list[EncodedEvent], *, is_over: bool = False, answers: int | None = None
    ) -> None:
        state = (self._seconds, self._is_paused, is_over)
        self._connection.send(Report(self._job.run_id, told, *state, answers))


def _broken(step: int, problem: Exception) -> EncodedEvent:
    """The last event of a run whose training raised: the error, but no path of this machine."""
    reason = (problem.strerror if isinstance(problem, OSError) else str(problem)) or "no reason"
    failed = events.RunFailed(
        step=step,
        code="worker_error",
        message=f"Training broke with {type(problem).__name__}: {reason[:300]}",
        advice="Everything up to this step is kept. Run it again; if it breaks at the same step, "
        "please report it with its recipe.",
    )
    return encode(failed, step)
