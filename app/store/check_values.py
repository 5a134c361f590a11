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
    "sweeps": ("id", "name", "status", "plan", "created_at"),
    "external_attempts": ("key", "attempt", "client", "first", "from_step", "is_recorded"),
}

# Columns that came later, each after those before it. The empty ones at their end aren't covered,
# so that the values of older rows still hold.
LATER_OF_RUNS = ("annotations", "sweep", "place", "keep")


def check_value(*values: object) -> int:
    """Returns the CRC-32 of values as SQLite gives them back, each told apart from the next."""
    if bytes not in map(type, values):
        text = "".join([f"{len(part)}:{part}" for part in map(str, values)])
        if text.isascii():  # as nearly all are: characters are bytes, and all are written at once
            return zlib.crc32(text.encode())
    parts = [part if isinstance(part, bytes) else str(part).encode() for part in values]
    return zlib.crc32(b"".join([b"%d:%b" % (len(part), part) for part in parts]))


def offer_check_values(connection: apsw.Connection) -> None:
    """Lets SQL on this connection call `check_value(…)`."""
    connection.create_scalar_function("check_value", check_value, deterministic=True)
    connection.create_scalar_function("check_value_of_run", value_of_run, deterministic=True)


def value_in_sql(table: str) -> str:
    """Gives the SQL of a row's check value."""
    covered = ", ".join(COVERED[table])
    if table == "runs":
        return f"check_value_of_run({covered}, {', '.join(LATER_OF_RUNS)})"
    return f"check_value({covered})"


def value_of_run(*values: object) -> int:
    """Returns the check value of a run's row, of its columns as SQLite gives them back: those of
    `COVERED`, then those of `LATER_OF_RUNS`.
    """
    count = len(values)
    while count > len(COVERED["runs"]) and values[count - 1] is None:
        count -= 1
    return check_value(*values[:count])
