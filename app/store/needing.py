"""Which runs were trained on pictures of one's own, so that these aren't deleted unawares."""

from .reading import Reading
from .runs import RunRow

_AT_ONCE = 100


def runs_that_need(reading: Reading, dataset: str) -> list[RunRow]:
    """Lists the runs that were trained on the data set of that name, newest first."""
    needing: list[RunRow] = []
    before: int | None = None
    while rows := reading.runs(_AT_ONCE, before):
        needing += [row for row in rows if row.described.dataset == dataset]
        before = rows[-1].number
    return needing
