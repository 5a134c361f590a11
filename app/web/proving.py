"""What shows that a server holds a data folder, and the token that follows from it.

Commands use it as well, and needn't load a web framework for it.
"""

import hmac


def proof_of(key: bytes, nonce: str) -> str:
    """Returns what a server with this key answers, in hex."""
    return hmac.digest(key, b"proof " + nonce.encode(), "sha256").hex()


def token_of(key: bytes) -> str:
    """Returns the token of the commands that were started beside the server; it ends with it."""
    return hmac.digest(key, b"commands", "sha256").hex()
