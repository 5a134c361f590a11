"""`python -m app sweep`: every combination of a few settings, with every seed, as a map."""

import argparse
import sys
from concurrent.futures import Future
from typing import Any

from ..settings import Settings
from .client import Client, RequestRefused
from .cluster_news import ClusterNews, told_once, with_scheduler
from .compare import seeds_of
from .followed_sweep import counts_of, followed
from .held_interrupt import AnswerUnknown, answered_in_spite
from .more_seeds import with_more_seeds
from .overrides import recipe_request, value_of
from .reaching import reached_server, running_server
from .sweep_table import counted, short_time, tables

_NOTE = "Means over the seeds; behind ± half of what these differ by."


def run(options: argparse.Namespace) -> int:
    """Trains all of it and prints the map; 0, or 1 if it can't be, 130 if it was stopped."""
    made: Future[dict[str, Any]] = Future()
    try:
        request = None if options.more_of else _request(options)
        settings = Settings.from_environment()
        lasts = running_server(settings.data_folder) is not None
        settings = with_scheduler(settings, options.scheduler, lasts)
        with told_once(), reached_server(settings, with_cluster=True) as client:
            ClusterNews(client).check(options.scheduler)
            sweep, is_enough = _begun(client, request, options, made)
            sweep = followed(client, sweep, lasts, is_enough)
    except (ValueError, OSError, RequestRefused) as problem:
        print(f"Filterscope can't sweep this: {problem}", file=sys.stderr)
        return 1
    except AnswerUnknown:
        print("The server hasn't said whether it was made: look among the sweeps.", file=sys.stderr)
        return 130
    except KeyboardInterrupt:
        print(_broken_off(made), file=sys.stderr)
        return 130
    print(tables(sweep))
    print(_NOTE)
    print(f"Sweep {sweep['id']}: {counts_of(sweep)}")
    return 0 if sweep["status"] == "finished" else 130


def _broken_off(made: "Future[dict[str, Any]]") -> str:
    if not made.done() or made.exception():
        return "Broken off: nothing was made."
    return f"Broken off: the sweep {made.result()['id']} was made, and isn't followed any more."


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


def _begun(
    client: Client,
    request: dict[str, Any] | None,
    options: argparse.Namespace,
    made: "Future[dict[str, Any]]",
) -> tuple[dict[str, Any], bool]:
    """Has a sweep made, or more seeds of one; returns it, and whether Ctrl-C was pressed then."""
    if request is None:
        return answered_in_spite(lambda: with_more_seeds(client, options), made)
    _tell_plan(client.call("POST", "/api/sweeps/preview", request))
    return answered_in_spite(lambda: client.call("POST", "/api/sweeps", request), made)


def _axis(text: str) -> dict[str, Any]:
    field, equals, values = text.partition("=")
    if not (field and equals and values):
        raise ValueError(f"--over takes FIELD=VALUE,VALUE,…, not {text!r}")
    return {"field": field, "values": [value_of(value) for value in values.split(",")]}


def _tell_plan(preview: dict[str, Any]) -> None:
    """Says what is about to be trained, and what is left out."""
    size = preview["size_bytes"] / 2**20
    print(
        f"{preview['name']}: {counted(preview['cell_count'], 'cell')} × "
        f"{counted(len(preview['seeds']), 'seed')}, {counted(preview['runs'], 'run')}, "
        f"about {short_time(preview['seconds'])} and {size:,.0f} MiB"
    )
    for cell in preview["impossible"]:
        values = ", ".join(map(str, cell["values"]))
        print(f"left out: {values}: {cell['message']}", file=sys.stderr)
