"""Short real runs in a scripted server, for questions that only real weights can answer."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.recipe import Recipe, described, resolve
from app.training.data import load_dataset
from app.training.loop import Training
from tests.store.samples import new_run
from tests.web.scripted import ScriptedServer


def recipe_of(changes: Mapping[str, Any]) -> Recipe:
    return resolve({"preset": "mnist-two-layers", "steps": 2, **changes})


def train(server: ScriptedServer, cache_folder: Path, run_id: str, **changes: Any) -> Recipe:
    """A run of three snapshots (0, 1, 2) under `run_id`."""
    recipe = recipe_of(changes)
    told = Training(recipe, load_dataset(recipe, cache_folder), cache_folder).run()
    text = recipe.model_dump_json(exclude_none=True)
    run = new_run(run_id, described=described(recipe), recipe=text)
    server.store.create_run(run).result()
    server.tell(run_id, *told)
    return recipe
