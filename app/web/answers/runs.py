"""A run as the interface tells it."""

import json
from datetime import UTC, datetime
from typing import Any

from pydantic import Field

from ...events import Status
from ...external.described import Can, Continues, Described, Source
from ...numerics import Numerics
from ...recipe.differences import Plain, differences
from ...store import RunRow
from ...vocabulary.datasets import DATASETS
from .exchanged import Exchanged
from .recipes import RecipeJson


class Metrics(Exchanged):
    """The newest numbers; null until there is one."""

    loss: float | None
    accuracy: float | None
    validation_loss: float | None
    validation_accuracy: float | None


class Filters(Exchanged):
    """What the streamed layer's filters are by now."""

    score: float
    oriented: float
    labels: dict[str, int]


class RunError(Exchanged):
    """Why a run failed and what to try."""

    code: str
    message: str
    advice: str


class ToldDifference(Exchanged):
    """One thing that a recipe says otherwise than its preset."""

    field: str = Field(description="its dotted path in the recipe")
    value: Plain | None = Field(description="null where a layer of the preset was taken out")
    preset_value: Plain | None = Field(description="null where the preset says nothing of it")
    words: str = Field(description="for a table: `lr 0.02`, `3×3`")


class Run(Exchanged):
    """One training, as it stands."""

    id: str
    name: str
    preset: str | None
    status: Status
    source: Source = Field(description="who trained it")
    can: Can = Field(description="what can be done with it")
    described: Described = Field(description="what it is known by, whoever trained it")
    recipe: RecipeJson | None = Field(description="how a worker trains it; null where none does")
    layers: list[str] = Field(description="names of the conv layers")
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    training_seconds: float
    step: int
    total_steps: int | None = Field(description="null where its end is open")
    lengthened: bool = Field(
        default=False,
        exclude_if=lambda lengthened: not lengthened,
        description="made longer while it trained: to more steps than its recipe says",
    )
    last_seq: int
    metrics: Metrics
    filters: Filters | None
    error: RunError | None
    last_heard_seconds: float | None = Field(
        None, description="since its program was last heard; null where nobody listens for it"
    )
    note: str | None = Field(None, description="what people say of it, as plain text")
    pinned: bool = Field(False, description="whether people want it before others")
    sweep: str | None = Field(None, description="the id of the sweep that it is one of, if it is")
    differences: list[ToldDifference] | None = Field(
        None, description="from its preset, in a fixed order; null where it has none"
    )
    continues: Continues | None = Field(
        None, description="the run from whose end it goes on; null where it begins untrained"
    )
    schedule: str | None = Field(
        None,
        description="what the learning rate does where the run was made longer; null in lists",
    )
    numerics: Numerics | None = Field(
        None, description="what computed it last; null where nobody noted that, and in lists"
    )

    @classmethod
    def of(cls, row: RunRow, last_heard_seconds: float | None = None) -> "Run":
        """Tells a row of the store as the interface does."""
        values = row._asdict()
        described = row.described
        recipe = None if row.recipe is None else json.loads(row.recipe)
        return cls.model_validate(
            values
            | {name: _time(values[name]) for name in ("created_at", "started_at", "ended_at")}
            | {
                "name": row.name,
                "source": described.source,
                "can": described.can,
                "layers": row.layers,
                "recipe": recipe,
                "lengthened": recipe is not None and (row.total_steps or 0) > _length(recipe),
                "metrics": {name: values[name] for name in Metrics.model_fields},
                "filters": _filters(row),
                "last_heard_seconds": last_heard_seconds,
                "note": row.annotations.note,
                "pinned": row.annotations.pinned,
                "differences": _differences(recipe, row.preset),
                "continues": described.continues,
            }
        )


class RunList(Exchanged):
    """Runs, newest first; `next_cursor` asks for those that follow."""

    runs: list[Run]
    next_cursor: str | None
    count: int | None = Field(
        None, description="of all that were asked for; null where all runs are, newest first"
    )
    damaged: list[str] | None = Field(
        None,
        exclude_if=lambda ids: not ids,
        description="ids of runs between them that can't be read any more, if there are any",
    )


def _length(recipe: dict[str, Any]) -> int:
    """Returns how many updates a recipe says, without checking all of it."""
    if recipe.get("steps"):
        return int(recipe["steps"])
    own = recipe.get("own")
    pictures = own["train_size"] if own else DATASETS[recipe["dataset"]].train_size
    return int(recipe["epochs"] * (pictures // recipe["batch_size"]))


def _differences(recipe: dict[str, Any] | None, preset: str | None) -> list[dict[str, Any]] | None:
    found = None if recipe is None else differences(recipe, preset)
    return None if found is None else [one._asdict() for one in found]


def _time(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _filters(row: RunRow) -> dict[str, Any] | None:
    if row.label_counts is None:
        return None
    return {"score": row.score, "oriented": row.oriented, "labels": row.label_counts}
