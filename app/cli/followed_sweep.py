"""A sweep while it trains: its progress bar, and Ctrl-C."""

import sys
import time
from typing import Any

from tqdm import tqdm

from .client import Client, RequestRefused
from .cluster_news import ClusterNews

_ASKED_EVERY_SECONDS = 0.5
_GOING = ("running", "paused", "stopping")
_ENDED = ("finished", "stopped", "failed", "deleted")


def followed(client: Client, sweep: dict[str, Any], lasts: bool, is_enough: bool) -> dict[str, Any]:
    """Draws the progress bar until the sweep has ended, or somebody has had enough of it.

    Args:
        lasts: whether the server goes on when this command ends.
        is_enough: whether somebody has had already.
    """
    path = f"/api/sweeps/{sweep['id']}"
    try:
        if is_enough:
            raise KeyboardInterrupt
        _follow(client, path, sweep)
    except KeyboardInterrupt:
        if lasts and not _is_to_stop():
            print(f"It trains on: {client.url}{path}")
            return _whole(client, path)
        _stop(client, path)
        print("Stopped; what was trained is kept.")
    return _whole(client, path)


def _whole(client: Client, path: str) -> dict[str, Any]:
    told: dict[str, Any] = client.call("GET", path)
    return told


def _stop(client: Client, path: str) -> None:
    """Stops what is left of it, and waits until that is done."""
    try:
        status = client.call("PATCH", path, {"status": "stopped"})["status"]
        while status == "stopping":
            time.sleep(_ASKED_EVERY_SECONDS)
            status = _whole(client, path)["status"]
    except RequestRefused as problem:
        if problem.code != "sweep_ended":
            raise


def _follow(client: Client, path: str, sweep: dict[str, Any]) -> None:
    done: dict[tuple[int, ...], tuple[int, int]] = {}
    news = ClusterNews(client)
    with tqdm(unit="step", desc=sweep["name"]) as bar:
        while True:
            for cell in sweep["cells"]:
                for number, seed in enumerate(cell["seeds"]):
                    done[(*cell["at"], number)] = _progress(seed)
            bar.total = sum(total for _, total in done.values())
            bar.set_postfix_str(counts_of(sweep), refresh=False)
            bar.update(sum(steps for steps, _ in done.values()) - bar.n)
            if sweep["status"] not in _GOING:
                return
            news.tell()
            time.sleep(_ASKED_EVERY_SECONDS)
            sweep = client.call("GET", f"{path}?since={sweep['revision']}")


def _progress(seed: dict[str, Any]) -> tuple[int, int]:
    """Returns how many updates are made of how many; of a run that ended there are no more."""
    is_over = seed["status"] in _ENDED
    return seed["step"], seed["step"] if is_over else seed["total_steps"]


def counts_of(sweep: dict[str, Any]) -> str:
    """Says how many of its runs are what: `11 finished, 1 failed`."""
    return ", ".join(f"{count} {status}" for status, count in sweep["counts"].items())


def _is_to_stop() -> bool:
    """Asks whether to stop, where there is somebody to ask."""
    if not sys.stdin.isatty():
        return True
    try:
        said = input("\nStop the sweep? [Y] stops it, [n] lets the server train on: ")
    except (KeyboardInterrupt, EOFError):
        return True
    return not said.strip().lower().startswith("n")
