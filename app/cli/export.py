"""`python -m app export`: a run as a file to take along."""

import argparse
import sys
from pathlib import Path
from urllib.parse import quote, urlencode

from ..export.material import FORMATS
from ..settings import Settings
from .client import RequestRefused
from .reaching import reached_server
from .taking import open_to_write, plain_name

_OF_PICTURES = ("layer", "scale", "width", "step", "frames", "seconds", "view", "background")
_ASKED = (*_OF_PICTURES, "table", "decimal", "sep")
_OTHER_ENDINGS = {"pt": "torch", "pth": "torch"}
_CODE = {"keras-code": "keras", "torch-code": "torch"}


def run(options: argparse.Namespace) -> int:
    """Writes the file and prints its name; 1 if it can't be made, with the reason."""
    ending = Path(options.out or "").suffix.removeprefix(".").lower()
    kind = options.format or _OTHER_ENDINGS.get(ending, ending)
    if kind not in (*FORMATS, *_CODE):
        print(f"Say --format, one of {', '.join((*FORMATS, *_CODE))}.", file=sys.stderr)
        return 1
    try:
        path = _path(options, kind)
        settings = Settings.from_environment()
        with reached_server(settings) as client:
            content, name = client.download(path)
        said = options.out or (f"network-{_CODE[kind]}.py" if kind in _CODE else plain_name(name))
        target = Path(said)
        with open_to_write(target, settings.data_folder) as file:
            file.write(content)
    except (ValueError, OSError, RequestRefused) as problem:
        print(f"Filterscope can't export this: {problem}", file=sys.stderr)
        return 1
    print(f"{target} ({len(content):,} bytes)")
    return 0


def _path(options: argparse.Namespace, kind: str) -> str:
    """Returns what the server is asked for; ValueError where an option means nothing for it."""
    given = {name: text for name in _ASKED if (text := getattr(options, name)) is not None}
    run = f"/api/runs/{quote(options.run, safe='')}"
    if kind not in _CODE:
        return f"{run}/export?{urlencode({'format': kind} | given)}"
    if given:
        raise ValueError(f"--{next(iter(given))} means nothing for {kind}; leave it out")
    return f"{run}/code?library={_CODE[kind]}"
