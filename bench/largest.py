"""The largest recipes that are allowed, on record with weights of full size."""

import copy
from pathlib import Path
from typing import Any

from app.events import RunFinished, encode, run_started
from app.recipe import Recipe, described, resolve
from app.store import NewRun, Store
from app.training.preview import first_snapshot

MOST_WEIGHTS = "most-weights"  # 13 conv layers, 75 MB a snapshot
MOST_NUMBERS = "most-numbers"  # feature maps of 60 MB for one image
_FRAMES = 5  # of the first: as many as one film holds
_CONV = {"type": "conv2d", "filters": 400, "kernel_size": 3, "padding": "same"}
_TAIL = [{"type": "flatten"}, {"type": "dense", "units": 10}]
_RECIPES: dict[str, dict[str, Any]] = {
    MOST_WEIGHTS: {
        "name": "As many weights as there may be",
        "dataset": "mnist",
        "layers": [
            *(copy.copy(_CONV) for _ in range(13)),
            {"type": "max_pool2d", "pool_size": 14},
            *_TAIL,
        ],
    },
    MOST_NUMBERS: {
        "name": "As many numbers as one image may become",
        "dataset": "dead-leaves",
        "layers": [
            *(
                {"type": "conv2d", "filters": filters, "kernel_size": 1, "activation": "relu"}
                for _ in range(15)
                for filters in (1024, 1)
            ),
            *_TAIL,
        ],
    },
}
_REST = {"optimizer": {"type": "sgd", "learning_rate": 0.001}, "batch_size": 1, "steps": 4}


def record(folder: Path) -> None:
    """Writes a run of each into the data folder; its snapshots all show the first weights."""
    folder.mkdir(parents=True, exist_ok=True)
    with Store(folder / "filterscope.sqlite3", lambda _run_id, _events: None) as store:
        for run_id, body in _RECIPES.items():
            recipe = resolve({**body, **_REST})
            _record(store, run_id, recipe, folder / "cache")


def _record(store: Store, run_id: str, recipe: Recipe, cache_folder: Path) -> None:
    text = recipe.model_dump_json(exclude_none=True)
    store.create_run(NewRun(run_id, described(recipe), recipe=text, total_steps=4)).result()
    store.record(run_id, [encode(run_started(recipe), 0)], 0.0).result()
    snapshot = first_snapshot(recipe, cache_folder)
    for step in range(_FRAMES if run_id == MOST_WEIGHTS else 1):
        body = snapshot.body.replace('"step":0', f'"step":{step}', 1)
        store.record(run_id, [snapshot._replace(step=step, body=body)], 1.0).result()
    store.record(run_id, [encode(RunFinished(step=4), 4)], 1.0).result()
