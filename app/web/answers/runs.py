"""A run as the interface tells it."""

import json
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, Field

from ...events import Status
from ...store import RunRow
from .recipes import RecipeJson


class Metrics(BaseModel):
    """The newest numbers; null until there is one."""

    loss: float | None
    accuracy: float | None
    validation_loss: float | None
    validation_accuracy: float | None


class Filters(BaseModel):
    """What the streamed layer's filters are by now."""

    score: float
    oriented: float
    labels: dict[str, int]


class RunError(BaseModel):
    """Why a run failed and what to try."""

    code: str
    message: str
    advice: str


class Run(BaseModel):
    """One training, as it stands."""

    id: str
    name: str
    preset: str | None
    status: Status
    recipe: RecipeJson
    layers: list[str] = Field(description="names of the conv layers")
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    training_seconds: float
    step: int
    total_steps: int
    last_seq: int
    metrics: Metrics
    filters: Filters | None
    error: RunError | None

    @classmethod
    def of(cls, row: RunRow) -> "Run":
        """A row of the catalogue as the interface tells it."""
        values = row._asdict()
        return cls.model_validate(
            values
            | {name: _time(values[name]) for name in ("created_at", "started_at", "ended_at")}
            | {
                "recipe": json.loads(row.recipe),
                "metrics": {name: values[name] for name in Metrics.model_fields},
                "filters": _filters(row),
            }
        )


class RunList(BaseModel):
    """Runs, newest first; `next_cursor` asks for those that follow."""

    runs: list[Run]
    next_cursor: str | None


def _time(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _filters(row: RunRow) -> dict[str, Any] | None:
    if row.label_counts is None:
        return None
    return {"score": row.score, "oriented": row.oriented, "labels": row.label_counts}
