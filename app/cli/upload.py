"""`python -m app upload FILE.fscope`: sends a recorded training to a server."""

import argparse
import sys
import time
from pathlib import Path
from typing import NamedTuple

from ..external.packets import MEDIA_TYPE
from ..external.recording import NoRecording, RecordedBatch, Recording
from ..settings import Settings
from .client import Client, RequestRefused
from .reaching import reached_server

_BUSY = (429, 503)
_MOST_WAITS = 20


class Uploaded(NamedTuple):
    """What became of a file.

    Attributes:
        run_id: the run that it belongs to.
        items: how many of its items the server has now, those it had before among them.
        cut: why not all of the file counts; None if it was whole.
    """

    run_id: str
    items: int
    cut: str | None

    @property
    def words(self) -> str:
        """Says so in a sentence."""
        if self.cut is None:
            return f"All {self.items:,} items are there."
        return f"{self.items:,} items are there; the rest of the file isn't whole: {self.cut}."


def run(options: argparse.Namespace) -> int:
    """Sends each file; 0 if the server has all of what is whole in them, 1 if not."""
    try:
        settings = Settings.from_environment()
        if options.to:
            client = Client(options.to.rstrip("/"), options.token or settings.token)
            return send_all(client, options.files)
        with reached_server(settings) as client:
            return send_all(client, options.files)
    except (OSError, ValueError) as problem:
        print(f"Filterscope can't send: {problem}", file=sys.stderr)
        return 1


def upload(client: Client, path: Path) -> Uploaded:
    """Sends what is whole in the file; what the server has of it already is skipped there.

    Raises:
        NoRecording, OSError: it can't be read.
        RequestRefused: the server won't have it.
    """
    with path.open("rb") as file:
        recording = Recording(file)
        address = f"/api/external/{recording.key}"
        known = client.call("PUT", address, recording.registration)
        attempt, next_item = known["attempt"], known["next"]
        for batch in recording.batches():
            if batch.attempt > attempt:
                attempt = _begun(client, address, batch, recording)
            next_item = _sent(client, address, batch, next_item)
    return Uploaded(known["id"], next_item - 1, recording.cut)


def send_all(client: Client, files: list[str]) -> int:
    """Sends files one after the other and says what became of each; 0 if all is well, else 1."""
    code = 0
    for name in files:
        try:
            uploaded = upload(client, Path(name))
            print(f"{name}: {client.url}/runs/{uploaded.run_id}  {uploaded.words}")
        except (NoRecording, OSError, RequestRefused) as problem:
            print(f"{name} can't be sent: {problem}", file=sys.stderr)
            code = 1
    return code


def _begun(client: Client, address: str, batch: RecordedBatch, recording: Recording) -> int:
    """Begins the next attempt, as the training program would have; returns its number."""
    attempt = {
        "attempt": batch.attempt,
        "from_step": batch.from_step,
        "client": recording.registration.get("client"),
    }
    number: int = client.call("POST", f"{address}/attempts", attempt)["attempt"]
    return number


def _sent(client: Client, address: str, batch: RecordedBatch, next_item: int) -> int:
    """Sends a batch unless all of it is known; returns the number that the server wants next."""
    if batch.first + batch.items <= next_item:
        return next_item
    path = f"{address}/batches/{batch.first}?attempt={batch.attempt}"
    for _ in range(_MOST_WAITS):
        try:
            answer = client.send("PUT", path, batch.body, MEDIA_TYPE)
            wanted: int = answer["next"]
        except RequestRefused as problem:
            if problem.status not in _BUSY:
                raise
            time.sleep(problem.retry_after_seconds)
        else:
            return wanted
    raise RequestRefused("the server is too busy; try again later", 503)
