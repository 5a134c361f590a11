"""A step of the schema: runs say what they are known by, and need no recipe."""

import json
from typing import Any

import apsw
from pydantic import ValidationError

from ..external.described import Described, DescribedLayer
from ..recipe import Recipe, described

_TABLE = """
    CREATE TABLE runs_described (
        number INTEGER PRIMARY KEY AUTOINCREMENT,  -- order of creation, never used twice
        id TEXT NOT NULL UNIQUE,
        described TEXT NOT NULL,  -- JSON: what it is known by, whoever trained it
        source TEXT NOT NULL GENERATED ALWAYS AS (described ->> 'source') STORED,
        preset TEXT,
        recipe TEXT,  -- JSON: how a worker trains it; NULL where that is none of ours
        total_steps INTEGER,  -- NULL where its end is open
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
"""
_KEPT = (
    "number, id, preset, recipe, total_steps, created_at, started_at, ended_at, training_seconds, "
    "status, step, last_seq, loss, accuracy, validation_loss, validation_accuracy, score, "
    "oriented, label_counts, error"
)


def describe_runs(connection: apsw.Connection) -> None:
    """Makes the table of runs anew, each described by its recipe. Foreign keys must be off."""
    connection.execute(_TABLE)
    rows: list[Any] = connection.execute("SELECT number, name, recipe, layers FROM runs").fetchall()
    for number, *known in rows:
        connection.execute(
            f"INSERT INTO runs_described (described, {_KEPT}) "
            f"SELECT ?, {_KEPT} FROM runs WHERE number = ?",
            (_described(*known).model_dump_json(exclude_defaults=True), number),
        )
    connection.execute(
        "DELETE FROM sqlite_sequence WHERE name = 'runs_described';"
        "INSERT INTO sqlite_sequence SELECT 'runs_described', seq FROM sqlite_sequence "
        "WHERE name = 'runs';"
        "DROP TABLE runs;"
        "ALTER TABLE runs_described RENAME TO runs;"
        "CREATE INDEX runs_by_status ON runs (status);"
    )


def _described(name: str, recipe: str, layers: str) -> Described:
    try:
        return described(Recipe.model_validate_json(recipe))
    except ValidationError:  # of an older version: what the table knew of it
        known = (
            DescribedLayer(name=layer, title=layer, kind="conv2d") for layer in json.loads(layers)
        )
        return Described(name=name, source="own", layers=tuple(known), framework="Filterscope")
