"""`python -m app compare`: filters of one's own beside learned and random ones, seed by seed."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from tqdm import tqdm

from ..recipe import Recipe, resolve
from ..recipe.comparison import LEARNED, WAYS, Way, compared
from ..settings import Settings
from ..web.complaints import first_complaint
from ..web.own_pictures import folder_of, with_own_pictures
from ..web.problems import Problem
from .client import Client, RequestRefused
from .comparison_table import Accuracies, table
from .first_filters import chosen_filters
from .overrides import recipe_request
from .reaching import reached_server

_DOUBT = (
    "This says what first filters are worth to these layers behind them, on these pictures, "
    "and of no other network."
)


def run(options: argparse.Namespace) -> int:
    """Trains all of them and prints the table; 0, or 1 if a run failed or can't be."""
    try:
        request = recipe_request(options.recipe, options.overrides)
        start, seeds = chosen_filters(options.filters), seeds_of(options.seeds)
        settings = Settings.from_environment()
        with reached_server(settings) as client:
            _pin_run(client, start)
            whole = with_own_pictures(request, folder_of(settings))
            recipes = _recipes(whole, start, seeds)
            found = _trained(client, recipes)
    except ValidationError as problem:
        complaint = first_complaint(problem.errors(), of_recipe=True)
        return _refuse(f"{complaint.field}: {complaint.message}")
    except (ValueError, OSError, RequestRefused, Problem) as problem:
        return _refuse(str(problem))
    except KeyboardInterrupt:
        print("Stopped; what was trained is kept.")
        return 130
    recipe = recipes[LEARNED][0]
    print(f"Right answers on test pictures: {recipe.name}, step {recipe.total_steps:,}")
    print(table(options.filters, seeds, found))
    print(_DOUBT)
    return 0


def _refuse(reason: str) -> int:
    print(f"Filterscope can't compare these: {reason}", file=sys.stderr)
    return 1


def seeds_of(text: str) -> list[int]:
    """Reads `5`, the seeds 0 to 4, or `3,7,11`. Raises ValueError."""
    parts = text.split(",")
    if not all(part.strip().isdecimal() for part in parts):
        raise ValueError(f"--seeds takes how many, or which, as in 5 or 3,7,11; not {text!r}")
    numbers = [int(part) for part in parts]
    seeds = numbers if len(numbers) > 1 else list(range(numbers[0]))
    if not 1 <= len(seeds) <= 100:
        raise ValueError(f"--seeds asks for {len(seeds)} seeds; 1 to 100 can be compared")
    return seeds


def _pin_run(client: Client, start: dict[str, Any]) -> None:
    """Says which run is the latest now: those that are trained here are later ones."""
    if start.get("run") == "latest":
        start["run"] = client.call("GET", "/api/runs/latest")["id"]


def _recipes(
    request: dict[str, Any], start: dict[str, Any], seeds: Sequence[int]
) -> dict[Way, list[Recipe]]:
    plain = resolve(request)
    if not plain.class_names:
        raise ValueError("a network that names nothing has no right answers to compare")
    return {
        way: [compared(plain.model_copy(update={"seed": seed}), start, way) for seed in seeds]
        for way in WAYS
    }


def _trained(client: Client, recipes: Mapping[Way, Sequence[Recipe]]) -> Accuracies:
    """Trains all recipes and returns their accuracies on the test set, as the server told them."""
    started: dict[Way, list[dict[str, Any]]] = {way: [] for way in recipes}
    try:
        for way, row in recipes.items():
            for recipe in row:
                body = recipe.model_dump(exclude_none=True)
                started[way].append(client.call("POST", "/api/runs", body))
        steps = sum(run["total_steps"] for row in started.values() for run in row)
        with tqdm(total=steps, unit="step", desc="training", disable=None) as bar:
            return {
                way: [_accuracy(client, run, bar) for run in row] for way, row in started.items()
            }
    except BaseException:
        _stop(client, [run["id"] for row in started.values() for run in row])
        raise


def _accuracy(client: Client, run: dict[str, Any], bar: Any) -> float:
    """Follows a run to its end. Raises RequestRefused if it didn't finish."""
    accuracy, seen = 0.0, 0
    event: dict[str, Any] = {}
    for event in client.events(run["id"]):
        if event["kind"] == "steps":
            bar.update(event["step"][-1] - seen)
            seen = event["step"][-1]
        elif event["kind"] == "evaluated":
            accuracy = event["validation_accuracy"]
    if event["kind"] != "run_finished":
        told = event.get("message", "it was stopped")
        raise RequestRefused(f"run {run['id']} ({run['name']}) didn't finish: {told}")
    return accuracy


def _stop(client: Client, runs: Sequence[str]) -> None:
    for run in runs:
        try:
            client.call("PATCH", f"/api/runs/{run}", {"status": "stopped"})
        except RequestRefused:
            continue  # it has ended
