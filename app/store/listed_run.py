"""What of a run decides whether it is listed, and where: little, for it is kept of all of them."""

import json
from typing import Any, NamedTuple, Self

from ..events import Status
from ..external.described import Source
from .annotations import Annotations
from .recorded_run import is_whole
from .runs import RunRow, written_row

_LONGEST_KEY = 100  # characters of a name; runs whose names begin alike go by their age


class SweptRun(NamedTuple):
    """What of a run the map of its sweep tells besides: `error` is the code of why it failed."""

    sweep: str
    place: int
    step: int
    total_steps: int | None
    score: float | None
    error: str | None

    @classmethod
    def of(cls, run: RunRow) -> Self | None:
        """Takes it from a run as it stands; None if that is one of no sweep."""
        if run.sweep is None or run.place is None:
            return None
        error = None if run.error is None else run.error.get("code")
        return cls(run.sweep, run.place, run.step, run.total_steps, run.score, error)


class ListedRun(NamedTuple):
    """What of a run decides whether it is listed, and where.

    Attributes:
        accuracy: on the validation pictures, or where nobody has looked, on the newest batch.
        edges: share of its first filters that are edges or lines.
        text: all that a search looks at, case folded.
        swept: where it is one of a sweep.
    """

    number: int
    id: str
    name: str
    preset: str | None
    source: Source
    status: Status
    accuracy: float | None
    edges: float | None
    pinned: bool
    text: str
    seed: int | None = None
    swept: SweptRun | None = None

    @classmethod
    def of(cls, run: RunRow) -> Self:
        """Takes it from a run as it stands."""
        described = run.described
        return cls._of(run, described.name, described.source, described.seed)

    @classmethod
    def read(cls, values: tuple[Any, ...]) -> Self | None:
        """Takes it from `COLUMNS` of a row; None if they aren't what was written.

        Nothing else of the row is read: of ten thousand runs that would take a second.
        """
        if not is_whole(values):
            return None
        row = written_row(values)
        try:
            annotations = Annotations.read(row.annotations)  # type: ignore[arg-type]
            described = json.loads(row.described)  # type: ignore[arg-type]
            error = row.error and json.loads(row.error)  # type: ignore[arg-type]
            run = row._replace(annotations=annotations, error=error)
            name = annotations.name or described["name"]
            return cls._of(run, name, described["source"], described.get("seed"))
        except (ValueError, TypeError, LookupError, AttributeError):
            return None  # of an older version, which wrote no check values

    @classmethod
    def _of(cls, run: RunRow, name: str, source: Source, seed: int | None) -> Self:
        said = run.annotations
        known = run.validation_accuracy
        return cls(
            number=run.number,
            id=run.id,
            name=name.casefold()[:_LONGEST_KEY],
            preset=run.preset,
            source=source,
            status=run.status,
            accuracy=run.accuracy if known is None else known,
            edges=run.oriented,
            pinned=said.pinned,
            text="\n".join((name, said.note or "", run.preset or "", run.id)).casefold(),
            seed=seed,
            swept=SweptRun.of(run),
        )
