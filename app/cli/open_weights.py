"""Has a server open files of weights that lie beside it, and says how far that is."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .client import Client, RequestRefused

_LOOK_SECONDS = 0.2
_OVER = ("finished", "stopped", "failed", "interrupted")
_QUIET_SECONDS = 60.0  # without another frame; then it isn't waited for any more


def open_weights(
    client: Client, paths: Sequence[Path], name: str | None, layout: str | None
) -> int:
    """Opens files and folders as one run; 0 once all frames are there, else 1."""
    asked = {"paths": [str(path.absolute()) for path in paths], "name": name, "layout": layout}
    try:
        opened = client.call("POST", "/api/open", asked)
        url = f"{client.url}{opened['url']}"
        is_film = opened["frames"] > 1
        print(f"{url}  {opened['frames']:,} frame{'s' if is_film else ''}", flush=True)
        for note in opened["notes"]:
            print(f"  {note}", flush=True)
        return _followed(client, opened)
    except (OSError, RequestRefused) as problem:
        print(f"{', '.join(map(str, paths))} can't be opened: {problem}", file=sys.stderr)
        return 1


def _followed(client: Client, opened: dict[str, Any]) -> int:
    """Waits until all frames are there, and counts them where somebody watches."""
    shown, changed_at = -1, time.monotonic()
    while True:
        run = client.call("GET", f"/api/runs/{opened['id']}")
        there = len(client.call("GET", f"/api/runs/{opened['id']}/snapshots")["steps"])
        if there != shown:
            shown, changed_at = there, time.monotonic()
            if sys.stdout.isatty():
                print(f"\r{there:,} of {opened['frames']:,} frames", end="", flush=True)
        if run["status"] in _OVER:
            break
        if time.monotonic() - changed_at > _QUIET_SECONDS:
            raise RequestRefused("no frame has come for a minute; see what the server says")
        time.sleep(_LOOK_SECONDS)
    if sys.stdout.isatty():
        print()
    return 0 if run["status"] == "finished" else 1
