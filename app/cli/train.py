"""`python -m app train`: one run from the command line, kept with all the others."""

import argparse
import sys
from pathlib import Path
from typing import Any

from tqdm import tqdm

from ..settings import Settings
from .client import Client, RequestRefused
from .film import write_film
from .first_filters import chosen_filters
from .overrides import put, recipe_request
from .reaching import reached_server
from .training_on import filters_without, training_on


def run(options: argparse.Namespace) -> int:
    """Trains and shows the progress; 0 if the run finished, 1 if it failed or can't be."""
    try:
        path, request = _asked(options)
        settings = Settings.from_environment()
        with reached_server(settings) as client:
            started = client.call("POST", path, request)
            print(f"Watch it at {client.url}/runs/{started['id']}")
            try:
                last = _follow(client, started)
            except KeyboardInterrupt:
                client.call("PATCH", f"/api/runs/{started['id']}", {"status": "stopped"})
                print("Stopped; what was trained is kept.")
                return 130
            if options.out:
                write_film(client, started["id"], Path(options.out), settings.data_folder)
    except (ValueError, OSError, RequestRefused) as problem:
        print(f"Filterscope can't train this: {problem}", file=sys.stderr)
        return 1
    if last["kind"] == "run_failed":
        print(f"{last['message']} {last['advice']}", file=sys.stderr)
    return 0 if last["kind"] == "run_finished" else 1


def _asked(options: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """Returns where to ask for the run, and with what; ValueError or OSError if it can't be."""
    without = filters_without(options.without)
    if "@" in options.recipe and not options.recipe.endswith(".json"):
        if options.filters or options.freeze:
            raise ValueError(f"{options.recipe} is trained on as it is: only --without goes along")
        return training_on(options.recipe, without, options.overrides)
    request = recipe_request(options.recipe, options.overrides)
    if options.filters:
        put(request, "layers.conv1.kernel_initializer", chosen_filters(options.filters))
    for layer in options.freeze:
        put(request, f"layers.{layer}.trainable", False)
    return "/api/runs", request | ({"without": without} if without else {})


def _follow(client: Client, run: dict[str, Any]) -> dict[str, Any]:
    """Draws the progress bar until the run's last event, which it returns."""
    event: dict[str, Any] = {}
    shown = dict.fromkeys(("loss", "score", "oriented"), "–")
    begins = (run["continues"] or {"step": 0})["step"]
    with tqdm(total=run["total_steps"], initial=begins, unit="step", desc=run["name"]) as bar:
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
