"""What somebody asks of a run that trains."""

from typing import Literal, NamedTuple


class Instruction(NamedTuple):
    """What somebody wants of a run. The rate takes effect first, then the length; `advance` pauses
    after so many.
    """

    status: Literal["paused", "running", "stopped"] | None = None
    learning_rate: float | None = None
    advance: int | None = None
    total_steps: int | None = None
