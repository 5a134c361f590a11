"""Training as a series of events: no input or output, no clock, no process."""

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from app import events
from app.datasets import Dataset
from app.events import EncodedEvent, encode
from app.recipe import Recipe
from app.training import build, schedule
from app.training.alerts import AlertWatch
from app.training.objectives import Outcome, objective_of
from app.training.order import BatchOrder
from app.training.snapshots import SnapshotTaker, packed
from app.training.validation import Validation


class Diverged(Exception):
    """The loss or a weight stopped being a sensible number."""


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
        self.step = 0
        self.is_over = False
        self._dataset = dataset
        self._objective = objective_of(recipe, clock=clock)
        network = self._objective.network
        self._optimizer = build.build_optimizer(recipe)
        self._optimizer.bind(network)
        self._schedule = build.build_schedule(recipe)
        self._rate_factor = 1.0
        self._order = BatchOrder(
            build.order_generator(recipe), dataset.train_size, recipe.batch_size
        )
        self._snapshots = SnapshotTaker(network, cache_folder)
        self._snapshot_step = -1
        self._alerts = AlertWatch(network.conv_weights(), recipe.optimizer.type)
        self._loss: float | None = None
        self._validation = Validation(recipe, dataset)
        self._untold = _Untold()

    def begin(self) -> list[EncodedEvent]:
        """What is known before the first update: the run, frame 0 and how well it guesses."""
        recipe = self.recipe
        started = events.RunStarted(
            recipe=recipe,
            total_steps=recipe.total_steps,
            parameters=recipe.parameters,
            layers=[
                events.LayerSummary(
                    name=plan.name,
                    type=plan.type,
                    output_shape=plan.output_shape,
                    parameters=plan.parameters,
                )
                for plan in recipe.plan
            ],
            class_names=list(recipe.class_names),
        )
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
        self._rate_factor = learning_rate / self.recipe.optimizer.learning_rate
        changed = events.LearningRateChanged(step=self.step, learning_rate=learning_rate)
        return [*self._tell(), encode(changed, self.step)]

    def run(self) -> Iterator[EncodedEvent]:
        """All events of an undisturbed run."""
        yield from self.begin()
        while not self.is_over:
            yield from self.advance()

    def _update(self) -> None:
        indices = next(self._order)
        images, labels = self._dataset.batch(indices)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            outcome = self._objective.learn(images, labels)
            if not (math.isfinite(outcome.loss) and outcome.loss <= self._objective.hopeless_loss):
                raise Diverged
            learning_rate = self._schedule.at(self.step) * self._rate_factor
            self._optimizer.update(learning_rate)
        self.step += 1
        self._loss = outcome.loss
        self._untold.add(self.step, outcome, learning_rate)

    def _look(self, stop_here: bool = False) -> list[EncodedEvent]:
        """What is due after this step; `stop_here` asks for the snapshot even off schedule."""
        total = self.recipe.total_steps
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
        snapshot, weights = self._snapshots.look(self.step, closely=closely)
        alerts = self._alerts.raised(snapshot, weights, self._loss, self._start_rate)
        return [packed(snapshot, weights), *(encode(alert, self.step) for alert in alerts)]

    def _evaluate(self) -> events.Evaluated:
        with np.errstate(over="ignore", invalid="ignore"):
            evaluated = self._validation.evaluate(self._objective, self.step)
        if evaluated is None:
            raise Diverged
        return evaluated

    @property
    def _start_rate(self) -> float:
        """The rate that the schedule starts from, as whoever watches knows it."""
        return self.recipe.optimizer.learning_rate * self._rate_factor

    def _tell(self) -> list[EncodedEvent]:
        return [encode(told, self.step) for told in self._untold.take()]

    def _status(self, status: events.Status, advance: int | None = None) -> EncodedEvent:
        changed = events.StatusChanged(step=self.step, status=status, advance=advance)
        return encode(changed, self.step)

    def _fail(self) -> list[EncodedEvent]:
        self.is_over = True
        failed = events.RunFailed(
            step=self.step,
            code="diverged",
            message=(
                f"The error grew without limit: steps of {self._start_rate:g} are too large for "
                "this network."
            ),
            advice="Try a learning rate a tenth as large; everything up to here is kept.",
        )
        return [*self._tell(), encode(failed, self.step)]


class _Untold:
    """Losses and, where there are answers, accuracies since the last `steps` event."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, Outcome, float]] = []

    def add(self, step: int, outcome: Outcome, learning_rate: float) -> None:
        self._rows.append((step, outcome, learning_rate))

    def take(self) -> list[events.Steps]:
        if not self._rows:
            return []
        steps, outcomes, rates = zip(*self._rows, strict=True)
        self._rows.clear()
        right = [round(one.accuracy, 6) for one in outcomes if one.accuracy is not None]
        return [
            events.Steps(
                step=list(steps),
                loss=[round(one.loss, 6) for one in outcomes],
                accuracy=right or None,
                learning_rate=list(rates),
            )
        ]
