"""Found by every Python that has this folder in PYTHONPATH: it says how many threads BLAS has.

Each process that another one spawned writes, before it first sends something, NAME-PID.json with
what threadpoolctl knows of its libraries. With NUMPY_FIRST set, NumPy is imported before anything
else, as a script may do that has the server start.
"""

import json
import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

if "NUMPY_FIRST" in os.environ:
    import numpy  # noqa: F401


def _telling_first(send: Callable[[Connection, Any], None]) -> Callable[[Connection, Any], None]:
    def tell_and_send(connection: Connection, message: Any) -> None:
        name = multiprocessing.current_process().name
        file = Path(os.environ["PROBED"], f"{name}-{os.getpid()}.json")
        if multiprocessing.parent_process() and not file.exists():
            from threadpoolctl import threadpool_info

            file.write_text(json.dumps(threadpool_info()))
        send(connection, message)

    return tell_and_send


for _name in ("send", "send_bytes"):
    setattr(Connection, _name, _telling_first(getattr(Connection, _name)))
