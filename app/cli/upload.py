"""`python -m app upload FILE.fscope`: sends a recorded training to a server."""

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

from ..external.recording import NoRecording, Recording
from ..settings import Settings
from .client import Client, RequestRefused
from .reaching import reached_server
from .sending_recording import SendingRecording


class Uploaded(NamedTuple):
    """What became of a file.

    Attributes:
        run_id: the run that it belongs to; empty where it tells nothing.
        items: how many of its items the server has now, those it had before among them.
        cut: why not all of the file counts; None if it was whole.
    """

    run_id: str
    items: int
    cut: str | None

    def address(self, server: str) -> str:
        """Says where to look at it."""
        return f"{server}/runs/{self.run_id}" if self.run_id else server

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
        sending = SendingRecording(client, recording)
        for batch in recording.batches():
            sending.send(batch)
    return Uploaded(sending.run_id, sending.items, recording.cut)


def send_all(client: Client, files: list[str]) -> int:
    """Sends files one after the other and says what became of each; 0 if all is well, else 1.

    Those of one run go in the order in which its program began again and again.
    """
    code = 0
    for name in sorted(files, key=_began):
        try:
            uploaded = upload(client, Path(name))
            print(f"{name}: {uploaded.address(client.url)}  {uploaded.words}")
        except (NoRecording, OSError, RequestRefused) as problem:
            print(f"{name} can't be sent: {problem}", file=sys.stderr)
            code = 1
    return code


def _began(name: str) -> tuple[int, int]:
    try:
        with Path(name).open("rb") as file:
            recording = Recording(file)
            return recording.from_step, recording.began
    except (NoRecording, OSError):  # said when it is its turn
        return 0, 0
