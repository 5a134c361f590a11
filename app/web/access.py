"""What somebody may do who was only asked to watch, and a script that only sends."""

import re
from typing import Final, Literal

Access = Literal["full", "watch", "send"]

# What a container's health check asks, and a command before it shows its token; and the client,
# which who may only send runs has to get.
OPEN_PATHS: Final = {"/healthz", "/api/proof", "/client/filterscope_watch.py"}

_READING = {"GET", "HEAD", "OPTIONS"}
# Questions with a body: they are answered, and nothing is kept.
_QUESTIONS = re.compile(
    r"/api/(recipes/(preview|plan)|check|convolve"
    r"|runs/[^/]+/snapshots/[^/]+/(ablation|activations|convolve))"
)
# What phones of a class say: kept in memory, and gone with the lecture.
_TAKING_PART = re.compile(r"/api/teaching/(poll/votes|drawings)/[^/]+")
# What a script tells of its training.
_SENDING = {
    "PUT": re.compile(r"/api/(external/[^/]+(/batches/[^/]+)?|cluster/tasks/[^/]+/reports/\d+)"),
    "POST": re.compile(
        r"/api/(external/[^/]+/attempts|cluster/tasks/[^/]+/(attempts|questions|pictures))"
    ),
}


def may(access: Access, method: str, path: str) -> bool:
    """Tells whether a request with this access does nothing that it may not do.

    >>> may("watch", "GET", "/api/runs"), may("watch", "DELETE", "/api/runs/a")
    (True, False)
    >>> may("send", "PUT", "/api/external/0a"), may("send", "GET", "/api/runs")
    (True, False)
    """
    if access == "send":
        return method in _SENDING and _SENDING[method].fullmatch(path) is not None
    is_question = method == "POST" and _QUESTIONS.fullmatch(path) is not None
    takes_part = method == "PUT" and _TAKING_PART.fullmatch(path) is not None
    return access == "full" or method in _READING or is_question or takes_part


def cookie_name(port: int) -> str:
    """Returns what a server's cookie is called: cookies know hosts, not ports."""
    return f"filterscope-{port}"
