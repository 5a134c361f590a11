"""Training as a series of events: no input or output, no clock, no process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from app import events
from app.datasets import Dataset
from app.events import EncodedEvent, encode
from app.recipe import Recipe
from app.training import schedule
from app.training.alerts import AlertWatch
from app.training.checkpoint import State, Unreadable
from app.training.learning import Diverged, Learning
from app.training.snapshots import SnapshotTaker, packed
from app.training.untold import Untold
from app.training.validation import Validation


class Training:
    """One run in the making. `begin()` once, then `advance()` until `is_over`.

    Args:
        recipe: what to train.
        dataset: the recipe's data, as `app.datasets.load` gives it.
        cache_folder: where the null tables of the edge metric are kept.
        clock: seconds; lets the network find its fastest number of threads, changes no result.
    """

    def __init__(
        self,
        recipe: Recipe,
        dataset: Dataset,
        cache_folder: Path,
        clock: Callable[[], float] | None = None,
    ) -> None:
        self.recipe = recipe
        self.is_over = False
        self._learning = Learning(recipe, dataset, clock)
        network = self._learning.objective.network
        self._snapshots = SnapshotTaker(network, cache_folder)
        self._snapshot_step = -1
        self._due = 0
        self._alerts = AlertWatch(network.conv_weights(), recipe.optimizer.type)
        self._loss: float | None = None
        self._validation = Validation(recipe, dataset)
        self._untold = Untold()

    @property
    def step(self) -> int:
        """How many updates were made."""
        return self._learning.step

    def begin(self) -> list[EncodedEvent]:
        """What is known before the first update: the run, frame 0 and how well it guesses."""
        started = events.run_started(self.recipe)
        return [encode(started, 0), *self._look()]

    def advance(self) -> list[EncodedEvent]:
        """One optimiser update, and what there is to tell after it."""
        try:
            self._update()
            told = self._look()
        except Diverged:
            return self._fail()
        if self.step < self.recipe.total_steps:
            return told
        self.is_over = True
        return [*told, encode(events.RunFinished(step=self.step), self.step)]

    def pause(self) -> list[EncodedEvent]:
        """Notes that training waits, with a snapshot of where it stands."""
        try:
            return [*self._look(stop_here=True), self._status("paused")]
        except Diverged:
            return self._fail()

    def resume(self, advance: int | None = None) -> list[EncodedEvent]:
        """Notes that training goes on, for `advance` updates if given."""
        return [*self._tell(), self._status("running", advance)]

    def stop(self) -> list[EncodedEvent]:
        """Ends the run where it stands."""
        self.is_over = True
        try:
            seen = self._look(stop_here=True)
        except Diverged:
            return self._fail()
        return [*seen, encode(events.RunStopped(step=self.step), self.step)]

    def change_learning_rate(self, learning_rate: float) -> list[EncodedEvent]:
        """From the next update on the schedule runs as if it had started from `learning_rate`."""
        self._learning.start_rate = learning_rate
        changed = events.LearningRateChanged(step=self.step, learning_rate=learning_rate)
        return [*self._tell(), encode(changed, self.step)]

    def run(self) -> Iterator[EncodedEvent]:
        """All events of an undisturbed run."""
        yield from self.begin()
        while not self.is_over:
            yield from self.advance()

    def state(self) -> State:
        """All that the rest of the run depends on besides recipe and commands."""
        learnt = self._learning.state()
        told = {
            "snapshot_step": self._snapshot_step,
            "loss": self._loss,
            "snapshots": self._snapshots.state(),
            "alerts": self._alerts.state(),
            "untold": self._untold.state(),
        }
        return State({**learnt.values, "told": told}, learnt.arrays)

    def load_state(self, state: State) -> None:
        """Go on from a `state()`, to the byte; in place of `begin`, and once.

        Raises:
            Unreadable: it isn't of this recipe, or of another version.
        """
        try:
            self._learning.load_state(state)
            told = state.values["told"]
            self._snapshots.load_state(told["snapshots"])
            self._alerts.load_state(told["alerts"])
            self._untold.load_state(told["untold"])
            self._snapshot_step, self._loss = told["snapshot_step"], told["loss"]
        except (KeyError, ValueError, TypeError) as problem:
            raise Unreadable(f"a checkpoint doesn't fit this run: {problem!r}") from problem

    def _update(self) -> None:
        outcome, learning_rate = self._learning.update()
        self._loss = outcome.loss
        self._untold.add(self.step, outcome, learning_rate)

    def _look(self, stop_here: bool = False) -> list[EncodedEvent]:
        """What is due after this step; `stop_here` asks for the snapshot even off schedule."""
        total = self.recipe.total_steps
        if self.step < self._due and not stop_here:
            return []
        self._due = schedule.next_due(self.step, total)
        snapshot_due = stop_here or schedule.is_snapshot_step(self.step, total)
        evaluation_due = schedule.is_evaluation_step(self.step, total) and not stop_here
        seen: list[EncodedEvent] = []
        if snapshot_due and self._snapshot_step != self.step:
            if not self._snapshots.is_finite:
                raise Diverged
            seen += self._snapshot(closely=evaluation_due or stop_here)
            self._snapshot_step = self.step
        if evaluation_due:
            seen.append(encode(self._evaluate(), self.step))
        report_due = seen or stop_here or schedule.is_report_step(self.step, total)
        return [*(self._tell() if report_due else []), *seen]

    def _snapshot(self, closely: bool) -> list[EncodedEvent]:
        told, weights = self._snapshots.look(self.step, closely=closely)
        alerts = self._alerts.raised(told, weights, self._loss, self._learning.start_rate)
        return [packed(told, weights), *(encode(alert, self.step) for alert in alerts)]

    def _evaluate(self) -> events.Evaluated:
        with np.errstate(over="ignore", invalid="ignore"):
            evaluated = self._validation.evaluate(self._learning.objective, self.step)
        if evaluated is None:
            raise Diverged
        return evaluated

    def _tell(self) -> list[EncodedEvent]:
        return self._untold.take(self.step)

    def _status(self, status: events.Status, advance: int | None = None) -> EncodedEvent:
        changed = events.StatusChanged(step=self.step, status=status, advance=advance)
        return encode(changed, self.step)

    def _fail(self) -> list[EncodedEvent]:
        self.is_over = True
        rate = self._learning.start_rate
        failed = events.RunFailed(
            step=self.step,
            code="diverged",
            message=f"The error grew without limit: steps of {rate:g} are too large for this "
            "network.",
            advice="Try a learning rate a tenth as large; everything up to here is kept.",
        )
        return [*self._tell(), encode(failed, self.step)]
