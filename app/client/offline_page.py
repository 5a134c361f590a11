"""The offline page of a run, asked from the server that has it."""

from __future__ import annotations

import contextlib
import threading

from .answering import Away, Connection

_MOST_BYTES = 32 * 2**20


def fetch_page(url: str, token: str | None, seconds: float) -> str | None:
    """Fetches a run's film as one HTML document that needs nothing from outside.

    Args:
        url: of the run's live page.
        token: what the server was shown when it was sent to; one that may send and not read gets
            no page.
        seconds: after which it is given up, whatever the server does.

    Returns:
        The document; None where the server gives none in time.
    """
    base, _, run = url.rpartition("/runs/")
    connection = Connection(base, token, seconds)
    found: list[str] = []

    def ask() -> None:
        with contextlib.suppress(Away):
            status, text = connection.document(f"/api/runs/{run}/export?format=html", _MOST_BYTES)
            if status == 200 and text.rstrip().endswith("</html>"):
                found.append(text)

    asking = threading.Thread(target=ask, name="filterscope page", daemon=True)
    asking.start()
    asking.join(seconds)  # an answer may come one byte at a time
    return found[0] if found else None
