"""`python -m app sweep`: every combination of a few settings, with every seed, as a map."""

import argparse
import sys
import time
from typing import Any

from tqdm import tqdm

from ..settings import Settings
from .client import Client, RequestRefused
from .cluster_news import ClusterNews, told_once, with_scheduler
from .compare import seeds_of
from .more_seeds import with_more_seeds
from .overrides import recipe_request, value_of
from .reaching import reached_server, running_server
from .sweep_table import counted, tables

_ASKED_EVERY_SECONDS = 0.5
_GOING = ("running", "paused", "stopping")
_ENDED = ("finished", "stopped", "failed", "deleted")
_NOTE = "Means over the seeds; behind ± half of what these differ by."


def run(options: argparse.Namespace) -> int:
    """Trains all of it and prints the map; 0, or 1 if it can't be, 130 if it was stopped."""
    try:
        request = None if options.more_of else _request(options)
        settings = Settings.from_environment()
        lasts = running_server(settings.data_folder) is not None
        settings = with_scheduler(settings, options.scheduler, lasts)
        with told_once(), reached_server(settings, with_cluster=True) as client:
            ClusterNews(client).check(options.scheduler)
            sweep = _begun(client, request) if request else with_more_seeds(client, options)
            sweep = _followed(client, sweep, lasts)
    except (ValueError, OSError, RequestRefused) as problem:
        print(f"Filterscope can't sweep this: {problem}", file=sys.stderr)
        return 1
    print(tables(sweep))
    print(_NOTE)
    print(f"Sweep {sweep['id']}: {_counted(sweep)}")
    return 0 if sweep["status"] == "finished" else 130


def _request(options: argparse.Namespace) -> dict[str, Any]:
    if not options.over:
        raise ValueError("say what is to differ, as in --over optimizer.learning_rate=0.01,0.03")
    return {
        "base": recipe_request(options.preset, options.overrides),
        "axes": [_axis(text) for text in options.over],
        "seeds": seeds_of(options.seeds),
        "keep": options.keep,
        "name": options.name,
    }


def _begun(client: Client, request: dict[str, Any]) -> dict[str, Any]:
    _tell_plan(client.call("POST", "/api/sweeps/preview", request))
    begun: dict[str, Any] = client.call("POST", "/api/sweeps", request)
    return begun


def _axis(text: str) -> dict[str, Any]:
    field, equals, values = text.partition("=")
    if not (field and equals and values):
        raise ValueError(f"--over takes FIELD=VALUE,VALUE,…, not {text!r}")
    return {"field": field, "values": [value_of(value) for value in values.split(",")]}


def _tell_plan(preview: dict[str, Any]) -> None:
    """Says what is about to be trained, and what is left out."""
    minutes, size = preview["seconds"] / 60, preview["size_bytes"] / 2**20
    print(
        f"{preview['name']}: {counted(preview['cell_count'], 'cell')} × "
        f"{counted(len(preview['seeds']), 'seed')}, {counted(preview['runs'], 'run')}, "
        f"about {minutes:.0f} min and {size:,.0f} MiB"
    )
    for cell in preview["impossible"]:
        values = ", ".join(map(str, cell["values"]))
        print(f"left out: {values}: {cell['message']}", file=sys.stderr)


def _followed(client: Client, sweep: dict[str, Any], lasts: bool) -> dict[str, Any]:
    """Draws the progress bar until the sweep has ended, or somebody has had enough of it."""
    path = f"/api/sweeps/{sweep['id']}"
    try:
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
            bar.set_postfix_str(_counted(sweep), refresh=False)
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


def _counted(sweep: dict[str, Any]) -> str:
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
