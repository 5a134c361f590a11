"""What can happen in a run. The log, the wire and the page all speak these types.

An event follows from the recipe, the commands and the step alone, never from the clock, so that
the same run told twice reads the same.
"""

import base64
import json
from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from .external.described import Continues, Described
from .numerics import Numerics
from .recipe import Recipe
from .verdicts import FilterVerdicts
from .vocabulary.layers.naming import kernel_name

Status = Literal[
    "queued",
    "running",
    "paused",
    "stalled",
    "stopping",
    "finished",
    "stopped",
    "failed",
    "interrupted",
]
LIVE: frozenset[Status] = frozenset({"queued", "running", "paused", "stalled", "stopping"})
LAST_KINDS = frozenset({"run_finished", "run_stopped", "run_failed"})


class _Event(BaseModel):
    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", allow_inf_nan=False)


class LayerSummary(_Event):
    """A layer as the page names it; shapes are without the batch."""

    name: str
    type: str
    output_shape: tuple[int, ...]
    parameters: int


class RunStarted(_Event):
    """Training begins; always the first event of a run that got a worker.

    A run of ours has its `recipe` and `total_steps`; one from elsewhere is `described` in its
    place, and its end may be open. One that goes on from the end of another `continues` that.
    """

    kind: Literal["run_started"] = "run_started"
    recipe: Recipe | None = None
    described: Described | None = None
    total_steps: int | None = None
    parameters: int
    layers: list[LayerSummary]
    class_names: list[str]  # what the network tells apart; empty where it is told nothing
    continues: Continues | None = None


def run_started(recipe: Recipe, continues: Continues | None = None) -> RunStarted:
    """Returns the first event of a run of `recipe`, perhaps from the end of another run on."""
    return RunStarted(
        continues=continues,
        recipe=recipe,
        total_steps=recipe.total_steps,
        parameters=recipe.parameters,
        layers=[
            LayerSummary(
                name=plan.name,
                type=plan.type,
                output_shape=plan.output_shape,
                parameters=plan.parameters,
            )
            for plan in recipe.plan
        ],
        class_names=list(recipe.class_names),
    )


class Steps(_Event):
    """Loss and accuracy on each batch since the last such event, before its update.

    Without `accuracy` where nothing is named, and so nothing named right; a run from elsewhere
    leaves out whatever it doesn't tell of all these steps, or what is no number.
    """

    kind: Literal["steps"] = "steps"
    step: list[int]
    loss: list[float] | None = None
    accuracy: list[float] | None = None
    learning_rate: list[float] | None = None


class LayerHealth(_Event):
    """How one layer fares, whatever its shape.

    `dead` counts filters whose weights have all but vanished, `duplicates` those that are nearly
    the same as another; `norm` is |W| of the whole kernel and `change` |W − W₀| / |W₀| against
    frame 0. What can't be said is missing: `change` where frame 0 is without the layer,
    `duplicates` where filters are too many to compare, and all four where a weight isn't finite.
    """

    layer: str
    filters: int
    is_finite: bool
    norm: float | None = None
    change: float | None = None
    dead: int | None = None
    duplicates: int | None = None


class Snapshot(FilterVerdicts):
    """The weights of all conv layers were kept at `step`; the kernel of `layer` is streamed.

    `bias` is that layer's, float32 to the last digit, one entry a filter. A run from elsewhere also
    has the `health` of every layer whose kernel it sent, and may be `broken`: then a weight of
    `layer` is NaN or infinite, and its filters can't be judged.
    """

    kind: Literal["snapshot"] = "snapshot"
    step: int
    layer: str
    bias: list[float] | None = None
    health: list[LayerHealth] | None = None
    broken: bool | None = None


AlertCode = Literal[
    "dead",
    "duplicate",
    "still_at_initialisation",
    "exploding",
    "learning_rate_too_small",
    "not_finite",
]


class Alert(_Event):
    """Something in the weights asks for attention; `message` says what, and what to try.

    `filters` are the indices, from 0, of the filters of `layer` that it is about; both are missing
    where it is about the whole network.
    """

    kind: Literal["alert"] = "alert"
    step: int
    code: AlertCode
    message: str
    layer: str | None = None
    filters: list[int] | None = None


class Evaluated(_Event):
    """The network was tried on `samples` images of the test set after `step` updates.

    A run from elsewhere doesn't say on how many, and may tell one of the two figures alone.
    """

    kind: Literal["evaluated"] = "evaluated"
    step: int
    validation_loss: float | None = None
    validation_accuracy: float | None = None
    samples: int | None = None


class LeftOut(_Event):
    """A script had no room for so many `snapshots`, in all up to `step`, and left them out."""

    kind: Literal["left_out"] = "left_out"
    step: int
    snapshots: int


Cause = Literal["restart", "disk_full", "stalled", "silent", "attempt", "worker_died"]


class StatusChanged(_Event):
    """The run is now `status`; with `advance` it will pause after that many more updates.

    `stalled` means that its process stands still; `cause` is what made the server change it, where
    nobody asked for it.
    """

    kind: Literal["status_changed"] = "status_changed"
    step: int
    status: Status
    advance: int | None = None
    cause: Cause | None = None


class LearningRateChanged(_Event):
    """From the update after `step` on, the schedule starts from this rate."""

    kind: Literal["learning_rate_changed"] = "learning_rate_changed"
    step: int
    learning_rate: float


class LengthChanged(_Event):
    """The run is to have `total_steps` now; from the update after `step` on, the schedule too."""

    kind: Literal["length_changed"] = "length_changed"
    step: int
    total_steps: int


class NumericsChanged(_Event):
    """From the update after `step` on, something else computes, and may round differently.

    `changes` says in words what that is; `was` is missing where nobody noted it.
    """

    kind: Literal["numerics_changed"] = "numerics_changed"
    step: int
    changes: list[str]
    was: Numerics | None = None
    now: Numerics


class RunFinished(_Event):
    """All updates are done."""

    kind: Literal["run_finished"] = "run_finished"
    step: int


class RunStopped(_Event):
    """Somebody stopped the run before its end."""

    kind: Literal["run_stopped"] = "run_stopped"
    step: int


class RunFailed(_Event):
    """The run broke; `message` says what happened, `advice` what to try."""

    kind: Literal["run_failed"] = "run_failed"
    step: int
    code: str
    message: str
    advice: str


Event = Annotated[
    RunStarted
    | Steps
    | Snapshot
    | Alert
    | Evaluated
    | LeftOut
    | StatusChanged
    | LearningRateChanged
    | LengthChanged
    | NumericsChanged
    | RunFinished
    | RunStopped
    | RunFailed,
    Field(discriminator="kind"),
]

KINDS: tuple[str, ...] = tuple(
    kind.model_fields["kind"].default for kind in get_args(get_args(Event)[0])
)
"""What the stream may tell of a run, in the order in which a reader meets it."""
RESET = "reset"
"""The stream's own word, which stands in no log: snapshots after one's cursor were thinned."""
DAMAGED = "data_damaged"
"""Another: the log can't be read beyond what was told, and so the stream ends here."""
ALIVE = "alive"
"""A third: nothing happened for a while, and the stream goes on."""


_FIELDS = TypeAdapter(dict[str, Any])


class StoredArray(NamedTuple):
    """One weight array of a snapshot: little-endian float32 bytes in C order, and its shape."""

    name: str  # "conv1/kernel" (HWIO) or "conv1/bias"
    shape: tuple[int, ...]
    data: bytes


class EncodedEvent(NamedTuple):
    """An event ready for the log: its JSON without arrays, and the arrays beside it."""

    kind: str
    step: int
    body: str
    arrays: tuple[StoredArray, ...] = ()

    @property
    def size_bytes(self) -> int:
        """About what it takes on disk."""
        return len(self.body) + sum(len(array.data) for array in self.arrays)


def encode(event: Event, step: int, arrays: tuple[StoredArray, ...] = ()) -> EncodedEvent:
    """Encodes `event` as the log keeps it; `step` is how far the run was when it happened."""
    return EncodedEvent(event.kind, step, event.model_dump_json(exclude_none=True), arrays)


def encode_fields(
    fields: dict[str, Any], step: int, arrays: tuple[StoredArray, ...] = ()
) -> EncodedEvent:
    """Encodes an event that is told often, from its fields, in half the time of `encode`.

    Nothing is checked: `fields` must be those of the event's type, in its order, its `kind` among
    them, of the types it names and without any that is None. The text is then the one of `encode`.
    """
    return EncodedEvent(fields["kind"], step, _FIELDS.dump_json(fields).decode(), arrays)


def typed_array(array: StoredArray) -> dict[str, str]:
    """Encodes `array` as Plotly's typed-array specification, which travels as base64."""
    bdata = base64.b64encode(array.data).decode("ascii")
    return {"dtype": "f4", "shape": ", ".join(map(str, array.shape)), "bdata": bdata}


def wire_data(body: str, kernel: StoredArray | None) -> str:
    """Gives the JSON a viewer gets: `body`, with the streamed layer's kernel in it where it has
    one.
    """
    if kernel is None:
        return body
    spec = typed_array(kernel)
    fields = ",".join(f'"{key}":"{value}"' for key, value in spec.items())
    return f'{body[:-1]},"kernel":{{{fields}}}}}'


def streamed_kernel(event: EncodedEvent) -> StoredArray | None:
    """Returns the kernel that goes with a snapshot on the wire: the one of its `layer`."""
    if event.kind != "snapshot":
        return None
    name = kernel_name(json.loads(event.body)["layer"])
    return next((array for array in event.arrays if array.name == name), None)
