"""The schema as ordered steps; a database remembers in `user_version` how many it has taken."""

from collections.abc import Callable

import apsw

from .database import transaction
from .described_runs import describe_runs
from .errors import DatabaseUnusable

APPLICATION_ID = 0x46534350  # "FSCP": tells our files from other programs' databases

# Each is SQL, or a function where the step has to be thought through row by row.
MIGRATIONS: tuple[str | Callable[[apsw.Connection], None], ...] = (
    """
    CREATE TABLE runs (
        number INTEGER PRIMARY KEY AUTOINCREMENT,  -- order of creation, never used twice
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        preset TEXT,
        recipe TEXT NOT NULL,
        layers TEXT NOT NULL,
        total_steps INTEGER NOT NULL,
        created_at REAL NOT NULL,
        started_at REAL,
        ended_at REAL,
        training_seconds REAL NOT NULL DEFAULT 0,
        status TEXT NOT NULL DEFAULT 'queued',
        step INTEGER NOT NULL DEFAULT 0,
        last_seq INTEGER NOT NULL DEFAULT 0,
        loss REAL,
        accuracy REAL,
        validation_loss REAL,
        validation_accuracy REAL,
        score REAL,
        oriented REAL,
        label_counts TEXT,
        error TEXT
    ) STRICT;
    CREATE INDEX runs_by_status ON runs (status);

    CREATE TABLE events (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        seq INTEGER NOT NULL CHECK (seq >= 1),
        kind TEXT NOT NULL,
        step INTEGER NOT NULL,
        body TEXT NOT NULL,
        recorded_at REAL NOT NULL,
        PRIMARY KEY (run, seq)
    ) STRICT;
    CREATE INDEX events_by_kind ON events (run, kind, step);
    CREATE TRIGGER events_are_append_only BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;

    CREATE TABLE arrays (
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        name TEXT NOT NULL,
        step INTEGER NOT NULL,
        shape TEXT NOT NULL,
        data BLOB NOT NULL,
        sha256 BLOB NOT NULL,
        PRIMARY KEY (run, seq, name)
    ) STRICT;
    CREATE INDEX arrays_by_step ON arrays (run, name, step);
    """,
    """
    CREATE TABLE session (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        stopped_cleanly INTEGER NOT NULL
    ) STRICT;
    INSERT INTO session VALUES (1, 1);
    """,
    """
    CREATE TABLE checkpoints (
        run INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
        seq INTEGER NOT NULL,  -- of the last event on record when it was taken
        data BLOB NOT NULL,
        sha256 BLOB NOT NULL
    ) STRICT;
    CREATE TABLE crash_reports (
        run INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
        report TEXT NOT NULL
    ) STRICT;
    """,
    """
    CREATE TABLE thinned (  -- arrays whose data gave way to newer ones
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        name TEXT NOT NULL,
        shape TEXT NOT NULL,
        sha256 BLOB NOT NULL,
        PRIMARY KEY (run, seq, name)
    ) STRICT;
    """,
    describe_runs,
    """
    CREATE TABLE deleted_runs (  -- of which rows may be left in other tables
        run INTEGER PRIMARY KEY
    ) STRICT;
    """,
    """
    ALTER TABLE events ADD COLUMN arrays INTEGER;  -- how many came with it
    ALTER TABLE events ADD COLUMN check_value INTEGER;
    DROP TRIGGER events_are_append_only;
    CREATE TRIGGER events_are_append_only
        BEFORE UPDATE OF run, seq, kind, step, body, recorded_at ON events
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
    CREATE TABLE array_checks (  -- of arrays, and of what is known of those that were thinned
        run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        name TEXT NOT NULL,
        check_value INTEGER NOT NULL,
        PRIMARY KEY (run, seq, name)
    ) STRICT;
    ALTER TABLE runs ADD COLUMN told TEXT;  -- JSON: how many events of each kind
    ALTER TABLE runs ADD COLUMN check_value INTEGER;
    CREATE INDEX runs_in_order ON runs (number, id);
    CREATE TABLE unchecked_runs (  -- of older versions: rows up to `seq` have check values by now
        run INTEGER PRIMARY KEY,
        seq INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    INSERT INTO unchecked_runs (run) SELECT number FROM runs;
    """,
    """
    CREATE TABLE external_runs (  -- which programs elsewhere tell; deleted ones stay in it
        key TEXT PRIMARY KEY,
        run_id TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        client TEXT NOT NULL,
        next INTEGER NOT NULL,  -- the number of the item that is wanted
        step INTEGER NOT NULL,  -- that the attempt has reached
        telling TEXT,  -- JSON: what the next batch is told with
        check_value INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX external_runs_by_run ON external_runs (run_id);
    """,
    """
    CREATE TABLE external_attempts (  -- starts of such a program
        key TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        client TEXT NOT NULL,
        first INTEGER NOT NULL,  -- the number of its first item
        from_step INTEGER NOT NULL,
        is_recorded INTEGER NOT NULL,  -- told out of a file
        check_value INTEGER NOT NULL,
        PRIMARY KEY (key, attempt)
    ) STRICT;
    """,
    """
    CREATE INDEX runs_checked ON runs (number, check_value);  -- tells which rows have changed
    """,
    """
    ALTER TABLE runs ADD COLUMN annotations TEXT;  -- JSON: what people say of it
    """,
    """
    CREATE TABLE removed_runs (  -- that can be taken back for a while
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        deletion TEXT NOT NULL,
        until REAL NOT NULL,
        kept TEXT NOT NULL,  -- JSON: its row
        checked INTEGER  -- its seq in unchecked_runs
    ) STRICT;
    CREATE INDEX removed_together ON removed_runs (deletion);
    """,
    """
    CREATE TABLE sweeps (  -- runs that were asked for together
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        status TEXT NOT NULL,  -- what people want of it
        plan TEXT NOT NULL,  -- JSON: what its runs differ in
        created_at REAL NOT NULL,
        check_value INTEGER NOT NULL
    ) STRICT;
    ALTER TABLE runs ADD COLUMN sweep TEXT;
    ALTER TABLE runs ADD COLUMN place INTEGER;  -- its number in that sweep
    ALTER TABLE runs ADD COLUMN keep TEXT;  -- 'ends': only its first and newest weights
    """,
    """
    CREATE TABLE beginnings (  -- of runs that go on from the end of another: its state there
        run INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
        data BLOB NOT NULL,
        sha256 BLOB NOT NULL
    ) STRICT;
    CREATE TABLE numerics (  -- what computed a run last
        run INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
        told TEXT NOT NULL,  -- JSON
        check_value INTEGER NOT NULL
    ) STRICT;
    """,
    """
    CREATE TABLE removed_sweeps (  -- as `removed_runs`, in which theirs are
        deletion TEXT PRIMARY KEY,
        place INTEGER NOT NULL,  -- its rowid: the newest has the largest
        until REAL NOT NULL,
        kept TEXT NOT NULL  -- JSON: its row
    ) STRICT;
    """,
)


def migrate(connection: apsw.Connection) -> None:
    """Brings a blank or older database up to date, each step in a transaction of its own.

    Raises:
        DatabaseUnusable: the file belongs to another program or to a newer version of this one.
    """
    version = _version(connection)
    enforced = connection.pragma("foreign_keys")
    connection.pragma("foreign_keys", False)  # a table that others refer to can be made anew
    for number, step in enumerate(MIGRATIONS[version:], start=version + 1):
        with transaction(connection):
            take(connection, step)
            connection.pragma("application_id", APPLICATION_ID)
            connection.pragma("user_version", number)
    connection.pragma("foreign_keys", bool(enforced))


def take(connection: apsw.Connection, step: str | Callable[[apsw.Connection], None]) -> None:
    """Takes one step of the schema."""
    if callable(step):
        step(connection)
    else:
        connection.execute(step)


def _version(connection: apsw.Connection) -> int:
    version = int(connection.pragma("user_version"))
    if version > len(MIGRATIONS):
        raise DatabaseUnusable(
            f"{connection.filename} was written by a newer Filterscope (schema {version}; this one "
            f"knows up to {len(MIGRATIONS)}): update Filterscope, or point FILTERSCOPE_DATA at "
            "another folder"
        )
    is_blank = not connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").get
    if not is_blank and connection.pragma("application_id") != APPLICATION_ID:
        raise DatabaseUnusable(
            f"{connection.filename} is a database of another program: point FILTERSCOPE_DATA at "
            "another folder"
        )
    return version
