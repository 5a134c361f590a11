"""Trains for tasks of a cluster, one run after the other, in a process that they start.

It reads a line of JSON for each from its input and answers with lines, the first as soon as it has
begun; it ends when its input does.
"""

import json
import os
import queue
import sys
import threading
from typing import IO, Any

from ..blas_threads import use_one_blas_thread

_IDLE_SECONDS = 60.0


def main() -> None:
    """Serves tasks until nobody has any for a while."""
    use_one_blas_thread()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever prints must not be taken for an answer
    jobs: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin, jobs), daemon=True).start()
    from .remote_session import trained

    while True:
        try:
            job = jobs.get(timeout=_IDLE_SECONDS)
        except queue.Empty:
            os._exit(0)
        _answer(answers, {"outcome": "begun"})
        _answer(answers, trained(**job))


def _read(lines: IO[str], jobs: "queue.SimpleQueue[dict[str, Any]]") -> None:
    for line in lines:
        jobs.put(json.loads(line))
    os._exit(0)  # the worker of the cluster is gone, however deep in work this is


def _answer(answers: IO[str], told: dict[str, str]) -> None:
    answers.write(json.dumps(told) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
