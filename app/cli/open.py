"""`python -m app open PATH…`: shows files of weights and recordings, with a server if none runs."""

import argparse
import json
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from ..external.recording import is_recording
from ..settings import Settings
from .client import Client
from .open_weights import open_weights
from .reaching import running_server
from .upload import send_all


def run(options: argparse.Namespace) -> int:
    """Opens the paths in this data folder's server, one that it starts if there is none.

    Returns 0 if all that is whole in them is there, or the server ended well, else 1. With
    `--describe` it starts nothing: 0, or 2 if the file can't be read.
    """
    try:
        settings = Settings.from_environment()
    except ValueError as problem:
        print(f"Filterscope can't start: {problem}", file=sys.stderr)
        return 2 if options.describe else 1
    if options.describe:
        return _describe(options, settings)
    missing = [path for path in options.paths if not Path(path).exists()]
    if missing:
        print(f"There is no file or folder at {missing[0]}", file=sys.stderr)
        return 1
    folder = settings.data_folder
    if client := running_server(folder):
        return _send(client, options)

    def begin(_url: str) -> None:
        threading.Thread(target=_send_to_own, args=(folder, options), daemon=True).start()

    from .serve import serve  # only now: who finds a server needn't wait for it

    return serve(options, begin)


def _send_to_own(folder: Path, options: argparse.Namespace) -> None:
    if client := running_server(folder):
        _send(client, options)


def _send(client: Client, options: argparse.Namespace) -> int:
    recordings = [path for path in options.paths if is_recording(Path(path))]
    weights = [Path(path) for path in options.paths if path not in recordings]
    code = send_all(client, recordings) if recordings else 0
    if weights:
        code = max(code, open_weights(client, weights, options.name, options.layout))
    return code


def _describe(options: argparse.Namespace, settings: Settings) -> int:
    from ..opening.describing import description
    from ..reading.contents import WeightsUnreadable

    paths: Sequence[str] = options.paths
    if len(paths) != 1:
        print("Name one file to describe", file=sys.stderr)
        return 2
    try:
        told = description(Path(paths[0]), options.layout, settings.cache_folder)
    except WeightsUnreadable as why:
        print(f"{paths[0]} can't be read: {why}", file=sys.stderr)
        return 2
    print(json.dumps(told, ensure_ascii=False, allow_nan=False, indent=2))
    return 0
