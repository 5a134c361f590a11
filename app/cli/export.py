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

_ASKED = ("layer", "scale", "width", "step", "frames", "seconds", "table", "view")
_OTHER_ENDINGS = {"pt": "torch", "pth": "torch"}


def run(options: argparse.Namespace) -> int:
    """Writes the file and prints its name; 1 if it can't be made, with the reason."""
    ending = Path(options.out or "").suffix.removeprefix(".").lower()
    kind = options.format or _OTHER_ENDINGS.get(ending, ending)
    if kind not in FORMATS:
        print(f"Say --format, one of {', '.join(FORMATS)}.", file=sys.stderr)
        return 1
    given = {name: getattr(options, name) for name in _ASKED}
    query = {"format": kind} | {name: text for name, text in given.items() if text is not None}
    path = f"/api/runs/{quote(options.run, safe='')}/export?{urlencode(query)}"
    try:
        settings = Settings.from_environment()
        with reached_server(settings) as client:
            content, name = client.download(path)
        target = Path(options.out or plain_name(name))
        with open_to_write(target, settings.data_folder) as file:
            file.write(content)
    except (ValueError, OSError, RequestRefused) as problem:
        print(f"Filterscope can't export this: {problem}", file=sys.stderr)
        return 1
    print(f"{target} ({len(content):,} bytes)")
    return 0
