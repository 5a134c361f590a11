"""`python -m app train`: one run from the command line, kept with all the others."""

import argparse
import contextlib
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from app.cli.address import announced
from app.cli.client import Client, Refused
from app.cli.film import write_film
from app.cli.overrides import recipe_request
from app.cli.server import Server, listen
from app.main import create_app
from app.settings import Settings


def run(options: argparse.Namespace) -> int:
    """Trains and shows the progress; 0 if the run finished, 1 if it failed or can't be."""
    try:
        request = recipe_request(options.recipe, options.overrides)
        with _server(Settings.from_environment()) as client:
            started = client.call("POST", "/api/runs", request)
            print(f"Watch it at {client.url}/runs/{started['id']}")
            try:
                last = _follow(client, started)
            except KeyboardInterrupt:
                client.call("PATCH", f"/api/runs/{started['id']}", {"status": "stopped"})
                print("Stopped; what was trained is kept.")
                return 130
            if options.out:
                write_film(client, started["id"], Path(options.out))
    except (ValueError, OSError, Refused) as problem:
        print(f"Filterscope can't train this: {problem}", file=sys.stderr)
        return 1
    if last["kind"] == "run_failed":
        print(f"{last['message']} {last['advice']}", file=sys.stderr)
    return 0 if last["kind"] == "run_finished" else 1


def _follow(client: Client, run: dict[str, Any]) -> dict[str, Any]:
    """Draws the progress bar until the run's last event, which it returns."""
    event: dict[str, Any] = {}
    shown = dict.fromkeys(("loss", "score", "oriented"), "–")
    with tqdm(total=run["total_steps"], unit="step", desc=run["name"]) as bar:
        for event in client.events(run["id"]):
            if event["kind"] == "steps":
                shown["loss"] = f"{event['loss'][-1]:.3f}"
                bar.update(event["step"][-1] - bar.n)
            elif event["kind"] == "snapshot":
                shown["score"] = f"{event['layer_score']:.2f}"
                shown["oriented"] = f"{event['oriented']:.0%}"
            elif event["kind"] == "alert":
                bar.write(f"Step {event['step']}. {event['message']}", file=sys.stderr)
            elif event["kind"] == "evaluated" and "validation_accuracy" in event:
                shown["accuracy"] = f"{event['validation_accuracy']:.3f}"
            bar.set_postfix(shown, refresh=False)
    return event


@contextlib.contextmanager
def _server(settings: Settings) -> Iterator[Client]:
    """A client of the data folder's server; if none runs, of one made for the while."""
    running = announced(settings.data_folder)
    if running is not None and Client(running).is_answered():
        yield Client(running, settings.token)
        return
    settings = replace(settings, host="127.0.0.1", port=0, token=None)
    listener = listen(settings.host, settings.port)
    ready = threading.Event()
    server = Server(create_app(settings), settings, listener, ready=lambda _: ready.set())
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        while not ready.wait(0.1):
            if not thread.is_alive():
                raise OSError("the data folder can't be opened")
        yield Client(server.url)
    finally:
        server.should_exit = True
        thread.join()
