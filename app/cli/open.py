"""`python -m app open FILE.fscope`: shows a recorded training, with a server if none runs."""

import argparse
import sys
import threading
from pathlib import Path

from ..settings import Settings
from .reaching import running_server
from .serve import serve
from .upload import send_all


def run(options: argparse.Namespace) -> int:
    """Sends the files to this data folder's server, one that it starts if there is none.

    Returns 0 if all that is whole in them is there, or the server ended well, else 1.
    """
    try:
        folder = Settings.from_environment().data_folder
    except ValueError as problem:
        print(f"Filterscope can't start: {problem}", file=sys.stderr)
        return 1
    if client := running_server(folder):
        return send_all(client, options.files)

    def begin(_url: str) -> None:
        threading.Thread(target=_send_to_own, args=(folder, options.files), daemon=True).start()

    return serve(options, begin)


def _send_to_own(folder: Path, files: list[str]) -> None:
    if client := running_server(folder):
        send_all(client, files)
