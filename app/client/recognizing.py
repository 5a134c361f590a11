"""Who listens where nobody said that a server is: asked before a token is shown."""

from __future__ import annotations

import json
import re
import secrets

from .answering import Connection

_MOST_BYTES = 1000


def is_filterscope(url: str, seconds: float) -> bool:
    """Tells whether a Filterscope answers there, by a question that needs no token and shows none.

    It is a sign and no proof: who wants a token can answer like it. It keeps tokens from programs
    that happen to listen there.

    Raises:
        Away: nobody answers.
    """
    nonce = secrets.token_hex(32)
    asked = Connection(url, None, seconds)
    status, text = asked.document(f"/api/proof?nonce={nonce}", _MOST_BYTES)
    try:
        proof = json.loads(text)["proof"] if status == 200 else None
    except (ValueError, LookupError, TypeError, RecursionError):
        return False
    return isinstance(proof, str) and re.fullmatch("[0-9a-f]{64}", proof) is not None
