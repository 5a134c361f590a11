"""What may be changed of a run: its training, where a worker trains it, and what is said of it."""

from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, ConfigDict, Field, StrictBool

from ..recipe.fields import MAX_STEPS
from ..recipe.model import Name
from .answers.exchanged import Exchanged
from .problems import Problem

_ANNOTATIONS: Final = {"name", "note", "pinned"}
_STEERING: Final = {"status", "learning_rate", "advance", "total_steps"}


class RunChange(Exchanged):
    """What to change about a live run, where rate and length take effect before anything else; to
    what length one that has ended is to go on; or what is said of any run: name, note and pin.
    """

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    status: Literal["paused", "running", "stopped"] | None = None
    learning_rate: float | None = Field(None, ge=0, le=1000)
    advance: int | None = Field(
        None, ge=1, le=1_000_000, strict=True, description="train so many updates, then pause"
    )
    total_steps: int | None = Field(
        None,
        ge=1,
        le=MAX_STEPS,
        strict=True,
        description="train to so many updates in all: a live run gets longer, from the end of one "
        "that is finished or stopped a new run goes on",
    )
    name: Name | None = Field(None, description="null for what it was called at first")
    note: Annotated[str, AfterValidator(str.strip), Field(max_length=2000)] | None = Field(
        None, description="plain text; null or empty for none"
    )
    pinned: StrictBool | None = None

    @property
    def steering(self) -> dict[str, Any]:
        """What it asks of a training, None of what it doesn't."""
        return self.model_dump(include=_STEERING)

    @property
    def annotations(self) -> dict[str, Any]:
        """What is said of the run, by this change."""
        return {name: getattr(self, name) or None for name in _ANNOTATIONS & self.model_fields_set}


def checked_change(body: dict[str, Any]) -> RunChange:
    """Reads the body of a change.

    Raises:
        pydantic.ValidationError: a field isn't what it may be.
        Problem: 422 it says nothing, or things that don't go together.
    """
    change = RunChange.model_validate(body)
    steering = [name for name, value in change.steering.items() if value is not None]
    if not steering and not change.annotations:
        message = (
            "Say what to change: status, learning_rate, advance or total_steps; name, note or "
            "pinned."
        )
        raise Problem(422, "invalid", message)
    if steering and change.annotations:
        message = (
            f"Name, note and pin are of any run, and {steering[0]} is of one that trains: send two "
            "requests."
        )
        raise Problem(422, "invalid", message, field=steering[0])
    if change.advance is not None and change.status not in (None, "running"):
        message = f"advance lets a run train on, so it can't go with the status {change.status}."
        raise Problem(422, "invalid", message, field="advance")
    return change
