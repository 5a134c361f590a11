"""Crash reports: what is known of a training that broke, kept with its run.

They hold paths and other things that are nobody's business but the owner's, so they are never
served; `python -m app crash RUN` prints them.
"""

import apsw


def keep(connection: apsw.Connection, run_id: str, report: str) -> None:
    """Keeps the report of a run's crash."""
    connection.execute(
        "INSERT OR REPLACE INTO crash_reports SELECT number, ? FROM runs WHERE id = ?",
        (report, run_id),
    )


def report_of(connection: apsw.Connection, run_id: str) -> str | None:
    """Returns a run's crash report, if there is one."""
    sql = "SELECT c.report FROM crash_reports c JOIN runs r ON r.number = c.run WHERE r.id = ?"
    found: str | None = connection.execute(sql, (run_id,)).get
    return found
