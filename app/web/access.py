"""What somebody may do who was only asked to watch."""

import re
from typing import Literal

Access = Literal["full", "watch"]

_READING = {"GET", "HEAD", "OPTIONS"}
# Questions with a body: they are answered, and nothing is kept.
_QUESTIONS = re.compile(
    r"/api/(recipes/(preview|plan)|convolve|runs/[^/]+/snapshots/[^/]+/(activations|convolve))"
)


def may(access: Access, method: str, path: str) -> bool:
    """Tells whether a request with this access changes nothing that it may not change.

    >>> may("watch", "GET", "/api/runs"), may("watch", "DELETE", "/api/runs/a")
    (True, False)
    """
    is_question = method == "POST" and _QUESTIONS.fullmatch(path) is not None
    return access == "full" or method in _READING or is_question
