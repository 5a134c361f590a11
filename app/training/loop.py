"""Training as a series of events: no input or output, no clock, no process."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from .. import events
from ..datasets import Dataset
from ..engine.plan import ParallelPlan
from ..events import EncodedEvent, encode
from ..past import Handover
from ..recipe import Recipe
from ..telling import schedule
from ..telling.alerts import KnownTraining
from ..telling.pending import PendingEvents
from ..vocabulary.snapshot_steps import is_snapshot_step
from .checkpoint import State, Unreadable, unpack
from .learning import Diverged, Learning
from .validation import Validation


class Training:
    """One run in the making. `begin()` once, then `advance()` until `is_over`.

    Args:
        recipe: what to train.
        dataset: the recipe's data, as `app.datasets.load` gives it.
        cache_folder: where the null tables of the edge metric are kept.
        plan: who works on a batch at the same time; changes no result.
        beginning: where another run was from which this one goes on.
    """

    def __init__(
        self,
        recipe: Recipe,
        dataset: Dataset,
        cache_folder: Path,
        plan: ParallelPlan | None = None,
        beginning: Handover | None = None,
    ) -> None:
        self.recipe = recipe
        self.total_steps = recipe.total_steps
        self.is_over = False
        self._beginning = beginning
        self._learning = Learning(recipe, dataset, plan)
        network = self._learning.objective.network
        held = (recipe.without or {}).get(recipe.conv_layers[0], [])
        known = KnownTraining(recipe.optimizer.type, held=frozenset(held))
        self._pending = PendingEvents(network, known, cache_folder)
        self._due = 0
        zeros = (plan or ParallelPlan()).zeros
        self._validation = Validation(recipe, dataset, self.total_steps, zeros)

    @property
    def step(self) -> int:
        """How many updates were made."""
        return self._learning.step

    def begin(self) -> list[EncodedEvent]:
        """Tells what is known before the first update: the run, frame 0 and how well it guesses.

        A run that goes on from another has its first frame there.

        Raises:
            Unreadable: what it begins with isn't of this recipe, or of another version.
        """
        if self._beginning is None:
            self._look()
            return [encode(events.run_started(self.recipe), 0), *self.tell()]
        state = unpack(self._beginning.state)
        if self._beginning.continues.weights_only:
            self._take_weights(state)
        else:
            self._restore(state)
        started = encode(events.run_started(self.recipe, self._beginning.continues), self.step)
        try:
            self._look_first()
        except Diverged:
            return [started, *self._fail()]
        return [started, *self.tell()]

    def advance(self, *, patiently: bool = False) -> list[EncodedEvent]:
        """Makes one optimiser update, and tells what there is to tell after it.

        With `patiently` that is only kept until `tell`, or the next call of anything else, or
        the end. The events are the same; several of them told together take half the time.
        """
        try:
            self._update()
            if self.step >= self._due:
                self._look()
        except Diverged:
            return self._fail()
        if self.step < self.total_steps:
            return [] if patiently else self.tell()
        self.is_over = True
        return [*self.tell(), encode(events.RunFinished(step=self.step), self.step)]

    def tell(self) -> list[EncodedEvent]:
        """Tells all that is pending, in order."""
        return self._pending.tell()

    def pause(self) -> list[EncodedEvent]:
        """Notes that training waits, with a snapshot of where it stands."""
        try:
            self._look(stop_here=True)
        except Diverged:
            return self._fail()
        return [*self.tell(), self._status("paused")]

    def resume(self, advance: int | None = None) -> list[EncodedEvent]:
        """Notes that training goes on, for `advance` updates if given."""
        return [*self._tell_all(), self._status("running", advance)]

    def stop(self) -> list[EncodedEvent]:
        """Ends the run where it stands."""
        self.is_over = True
        try:
            self._look(stop_here=True)
        except Diverged:
            return self._fail()
        return [*self.tell(), encode(events.RunStopped(step=self.step), self.step)]

    def change_learning_rate(self, learning_rate: float) -> list[EncodedEvent]:
        """Runs the schedule, from the next update on, as if it had started from `learning_rate`."""
        before = self._tell_all()
        self._learning.start_rate = learning_rate
        changed = events.LearningRateChanged(step=self.step, learning_rate=learning_rate)
        return [*before, encode(changed, self.step)]

    def lengthen(self, total_steps: int) -> list[EncodedEvent]:
        """Makes the run longer: schedule and evaluations go on as if it had always been so long."""
        before = self._tell_all()
        self._set_length(total_steps)
        changed = events.LengthChanged(step=self.step, total_steps=total_steps)
        return [*before, encode(changed, self.step)]

    def run(self) -> Iterator[EncodedEvent]:
        """Tells all events of an undisturbed run."""
        yield from self.begin()
        while not self.is_over:
            yield from self.advance()

    def state(self) -> State:
        """Returns all that the rest of the run depends on besides recipe and commands.

        Raises:
            RuntimeError: something is pending.
        """
        learnt = self._learning.state()
        values = {"told": self._pending.state(), "total_steps": self.total_steps}
        return State({**learnt.values, **values}, learnt.arrays)

    def load_state(self, state: State) -> None:
        """Goes on from a `state()`, to the byte; in place of `begin`, and once.

        Raises:
            Unreadable: it isn't of this recipe, or of another version.
        """
        total_steps = state.values.get("total_steps", self.total_steps)  # older versions lack it
        if total_steps != self.total_steps:
            self._set_length(total_steps)
        self._restore(state)

    def _restore(self, state: State) -> None:
        try:
            self._learning.load_state(state)
            self._pending.load_state(state.values["told"])
        except (KeyError, ValueError, TypeError) as problem:
            raise Unreadable(f"a checkpoint doesn't fit this run: {problem!r}") from problem

    def _take_weights(self, weights: State) -> None:
        try:
            self._learning.begin_with(weights)
        except (KeyError, ValueError, TypeError) as problem:
            raise Unreadable(f"these weights don't fit this run: {problem!r}") from problem

    def _set_length(self, total_steps: int) -> None:
        self.total_steps = total_steps
        self._learning.lengthen(total_steps)
        self._validation.lengthen(total_steps)
        self._due = 0

    def _update(self) -> None:
        outcome, learning_rate = self._learning.update()
        self._pending.add_update(self.step, outcome, learning_rate)

    def _look(self, stop_here: bool = False) -> None:
        """Notes what is due after this step; `stop_here` asks for a snapshot even off schedule."""
        step, total = self.step, self.total_steps
        self._due = schedule.next_due(step, total)
        snapshot_due = stop_here or is_snapshot_step(step, total)
        snapshot_due = snapshot_due and not self._pending.has_snapshot_of(step)
        if snapshot_due and not self._pending.is_finite:
            raise Diverged
        evaluation_due = schedule.is_evaluation_step(step, total) and not stop_here
        evaluated = self._evaluate() if evaluation_due else None
        if stop_here or snapshot_due or evaluated or schedule.is_report_step(step, total):
            self._pending.add_steps(step)
        if snapshot_due:
            closely = evaluation_due or stop_here
            self._pending.add_snapshot(step, self._learning.start_rate, closely=closely)
        if evaluated:
            self._pending.add(encode(evaluated, step))

    def _look_first(self) -> None:
        """Notes what a run begins with that goes on from another's end, whatever step that is."""
        self._due = schedule.next_due(self.step, self.total_steps)
        self._pending.add_snapshot(self.step, self._learning.start_rate, closely=True)
        self._pending.add(encode(self._evaluate(), self.step))

    def _evaluate(self) -> events.Evaluated:
        with np.errstate(over="ignore", invalid="ignore"):
            evaluated = self._validation.evaluate(self._learning.objective, self.step)
        if evaluated is None:
            raise Diverged
        return evaluated

    def _tell_all(self) -> list[EncodedEvent]:
        self._pending.add_steps(self.step)
        return self.tell()

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
        return [*self._tell_all(), encode(failed, self.step)]
