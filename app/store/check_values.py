"""A check value in each row, from which a reader learns that the row is what was written."""

import zlib
from collections.abc import Iterable

import apsw

# Of each table, what its check value is made of, in this order. `sha256` stands for the data.
COVERED = {
    "events": ("run", "seq", "kind", "step", "body", "arrays"),
    "arrays": ("run", "seq", "name", "shape", "sha256"),
    "runs": (
        *("number", "id", "described", "preset", "recipe", "total_steps", "created_at"),
        *("started_at", "ended_at", "training_seconds", "status", "step", "last_seq", "loss"),
        *("accuracy", "validation_loss", "validation_accuracy", "score", "oriented"),
        *("label_counts", "error", "told"),
    ),
    "external_runs": ("key", "run_id", "attempt", "client", "next", "step", "telling"),
    "external_attempts": ("key", "attempt", "client", "first", "from_step", "is_recorded"),
}

# What came later is covered where it holds something, so that the values of older rows still hold.
_IF_THERE = {"runs": "annotations"}


def check_value(*values: object) -> int:
    """Returns the CRC-32 of values as SQLite gives them back, each told apart from the next."""
    parts = [part if isinstance(part, bytes) else str(part).encode() for part in values]
    return zlib.crc32(b"".join([b"%d:%b" % (len(part), part) for part in parts]))


def offer_check_values(connection: apsw.Connection) -> None:
    """Lets SQL on this connection call `check_value(…)`."""
    connection.create_scalar_function("check_value", check_value, deterministic=True)


def value_in_sql(table: str) -> str:
    """Gives the SQL of a row's check value."""
    covered = ", ".join(COVERED[table])
    if later := _IF_THERE.get(table):
        return (
            f"CASE WHEN {later} IS NULL THEN check_value({covered}) "
            f"ELSE check_value({covered}, {later}) END"
        )
    return f"check_value({covered})"


def value_of_run(covered: Iterable[object], annotations: object) -> int:
    """Returns the check value of a run's row, of its columns as SQLite gives them back."""
    return check_value(*covered, *(() if annotations is None else (annotations,)))
