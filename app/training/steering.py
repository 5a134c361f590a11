"""A training under the instructions of whoever watches: it pauses, goes on, stops."""

from ..events import EncodedEvent
from .checkpoint import State, Unreadable
from .instruction import Instruction
from .loop import Training


class Steering:
    """One training, and whether it pauses now or later. Reads no clock, like the training."""

    def __init__(self, training: Training) -> None:
        self.training = training
        self.is_paused = False
        self._pause_at: int | None = None

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to come."""
        return self.training.is_over

    @property
    def step(self) -> int:
        """How many updates were made."""
        return self.training.step

    def go_on(self, *, patiently: bool = False) -> list[EncodedEvent]:
        """Makes one update, or the pause that is due; not while paused.

        With `patiently` most of what there is to tell is kept until `training.tell`.
        """
        if self.step == self._pause_at:
            return self._pause()
        return self.training.advance(patiently=patiently)

    def obey(self, instruction: Instruction) -> list[EncodedEvent]:
        """Carries out an instruction as far as it makes a difference, and tells what came of it."""
        told: list[EncodedEvent] = []
        if instruction.learning_rate is not None:
            told += self.training.change_learning_rate(instruction.learning_rate)
        if (instruction.total_steps or 0) > self.training.total_steps:
            told += self.training.lengthen(instruction.total_steps or 0)
        if instruction.status == "stopped":
            told += self.training.stop()
        elif instruction.advance is not None:
            told += self._resume(instruction.advance)
        elif instruction.status == "paused" and not self.is_paused:
            told += self._pause()
        elif instruction.status == "running" and (self.is_paused or self._pause_at is not None):
            told += self._resume()
        return told

    def state(self) -> State:
        """Gives all that the rest of the run depends on besides recipe and further instructions."""
        values, arrays = self.training.state()
        steering = {"is_paused": self.is_paused, "pause_at": self._pause_at}
        return State({**values, "steering": steering}, arrays)

    def load_state(self, state: State) -> None:
        """Goes on from a `state()`. Raises Unreadable."""
        self.training.load_state(state)
        try:
            steering = state.values["steering"]
            self.is_paused, self._pause_at = steering["is_paused"], steering["pause_at"]
        except KeyError as problem:
            raise Unreadable(f"a checkpoint lacks {problem}") from problem

    def _pause(self) -> list[EncodedEvent]:
        self.is_paused, self._pause_at = True, None
        return self.training.pause()

    def _resume(self, advance: int | None = None) -> list[EncodedEvent]:
        self.is_paused = False
        self._pause_at = None if advance is None else self.step + advance
        return self.training.resume(advance)
