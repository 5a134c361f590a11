"""A training script that is watched by the real client, and notes what the server acknowledged.

`python -m tests.reliability.watched_script URL KEY FROM_STEP LAST_STEP LEDGER`; what it trains
follows from the step alone, so that each process of it goes on just as the one before would have.
"""

import json
import os
import sys
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.client import server
from app.client.pace import Pace
from app.client.run import WatchedRun
from app.client.settings import settings_of
from app.external.packets import decode_packet

SHAPE = (5, 5, 1, 8)
_STEP_SECONDS = 0.003
_QUICK = Pace(gather=0.02, rows=0.05, retry=0.05, longest=0.2)


def kernel(step: int) -> NDArray[np.float32]:
    """What the weights are after so many updates."""
    start, end = np.random.default_rng(5).normal(0, 0.3, (2, *SHAPE))
    share = step / (step + 100)
    return np.asarray((1 - share) * start + share * end, "<f4")


def loss(step: int) -> float:
    """What the loss is before that update."""
    return round(2.0 / (1 + step / 50), 4)


def main() -> None:
    """Trains, watched, until the last step or until it is killed."""
    url, key, from_step, last_step, ledger = sys.argv[1:]
    _note_what_is_acknowledged(ledger)
    settings = settings_of(
        url, None, "killed", None, None, None, key, int(from_step) or None, environment={}
    )
    run = WatchedRun(settings, pace=_QUICK)
    if from_step == "0":
        run.step({"stem": kernel(0)}, step=0)
    for step in range(int(from_step) + 1, int(last_step) + 1):
        time.sleep(_STEP_SECONDS)
        run.step(lambda now=step: {"stem": kernel(now)}, step=step, loss=loss(step))
    run.close()


def _note_what_is_acknowledged(path: str) -> None:
    """Has each batch written into a file as soon as the server has said that it is on disk."""
    ledger = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    send = server.RemoteServer.send

    def noted(self: Any, first: int, packet: bytes) -> Any:
        heard = send(self, first, packet)
        items = decode_packet(packet).header["items"]
        os.write(ledger, f"{json.dumps({'first': first, 'items': items})}\n".encode())
        return heard

    server.RemoteServer.send = noted  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
