"""Programs elsewhere that tell runs: what is known of them goes along with the runs."""

from collections.abc import Sequence

import apsw

from .. import external_attempts, external_runs
from .finding import Found
from .report import RunReport


def copy_who_tells(found: Found, connection: apsw.Connection, reports: Sequence[RunReport]) -> None:
    """Lets programs go on telling their runs where they were, and learn of those that were deleted.

    Of a run that was lost nothing is copied: its program makes it anew when it begins again. Where
    no event of a run is left, it is told from its beginning on, under the numbers that follow.

    Args:
        reports: what was kept of each run.
    """
    left = {report.id: report.kept for report in reports}
    there = {run_id for (run_id,) in connection.execute("SELECT id FROM runs")}
    keys = set()
    for told in found.external_runs.values():
        is_deleted = told.telling is None and told.next > 1
        if told.run_id in there or is_deleted:
            telling = told.telling if left.get(told.run_id) else None
            external_runs.insert(connection, told._replace(telling=telling))
            keys.add(told.key)
    for attempt in found.external_attempts.values():
        if attempt.key in keys:
            external_attempts.add(connection, attempt)
