"""A check value in each row, from which a reader learns that the row is what was written."""

import zlib

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


def check_value(*values: object) -> int:
    """Returns the CRC-32 of values as SQLite gives them back, each told apart from the next."""
    value = 0
    for part in values:
        data = part if isinstance(part, bytes) else str(part).encode()
        value = zlib.crc32(data, zlib.crc32(b"%d:" % len(data), value))
    return value


def offer_check_values(connection: apsw.Connection) -> None:
    """Lets SQL on this connection call `check_value(…)`."""
    connection.create_scalar_function("check_value", check_value, deterministic=True)


def value_in_sql(table: str) -> str:
    """Gives the SQL of a row's check value."""
    return f"check_value({', '.join(COVERED[table])})"
