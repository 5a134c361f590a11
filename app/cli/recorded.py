"""The data folder's runs, read beside whatever server has it open."""

import contextlib
from collections.abc import Iterator

from ..settings import Settings
from ..store import Reading, RunRow, RunUnknown


@contextlib.contextmanager
def recorded_run(named: str) -> Iterator[tuple[Reading, RunRow]]:
    """Yields the run of that id, or the newest for `latest`, and where to read more of it.

    Raises:
        StoreError: there is no database, or no such run.
    """
    with Reading.beside(Settings.from_environment().database_path) as reading:
        run = next(iter(reading.runs(1)), None) if named == "latest" else reading.run(named)
        if run is None:
            raise RunUnknown(named)
        yield reading, run
