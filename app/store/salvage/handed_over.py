"""What runs begin with that go on from another one: taken along, or missed."""

import apsw

from ...external.described import Described
from .finding import Found
from .pages import Pages
from .records import row_at


def copy_beginning(
    pages: Pages, found: Found, connection: apsw.Connection, number: int, known: Described
) -> bool:
    """Copies what a run begins with; tells whether there is nothing to miss."""
    if known.continues is None:
        return True
    place = found.beginnings.get(number)
    row = place and row_at(pages, place)
    if not row:
        return False
    _, data, sha256 = row.values
    connection.execute("INSERT INTO beginnings VALUES (?, ?, ?)", (number, data, sha256))
    return True
