"""How well training times are foretold: `python -m bench.durations`.

Trains recipes of many sizes in a server of its own, and prints for each the seconds it took, those
that `app.recipe.durations` gives before, and those it gives once it has seen the other runs.
"""

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from app.recipe import PRESETS, resolve
from app.recipe.durations import SeenRun, expected_seconds
from tests.running_server import RunningServer

TEN: Final = {"type": "dense", "units": 10}
FLAT: Final = {"type": "flatten"}
POOL: Final = {"type": "max_pool2d"}
MEAN: Final = {"type": "global_average_pool2d"}


def _conv(filters: int, size: int, **more: Any) -> dict[str, Any]:
    return {
        "type": "conv2d",
        "filters": filters,
        "kernel_size": size,
        "activation": "relu",
        **more,
    }


REQUESTS: Final[list[dict[str, Any]]] = [
    {"preset": "dead-leaves"},
    {"preset": "dead-leaves-large"},
    {"preset": "mnist-strokes"},
    {"preset": "mnist-two-layers"},
    {"preset": "sparse-code"},
    {"preset": "keras-mnist", "steps": 60},
    {"preset": "mnist-strokes", "steps": 400, "layers": [_conv(4, 3, strides=2), FLAT, TEN]},
    {"preset": "mnist-strokes", "steps": 150, "layers": [_conv(64, 5), POOL, FLAT, TEN]},
    {"preset": "dead-leaves", "steps": 60, "layers": [_conv(64, 7), _conv(64, 3), MEAN, TEN]},
    {"preset": "dead-leaves", "steps": 100, "batch_size": 256},
    {"preset": "mnist-strokes", "steps": 100, "batch_size": 512},
    {"preset": "dead-leaves", "steps": 300, "batch_size": 8},
    {
        "preset": "mnist-strokes",
        "steps": 100,
        "layers": [_conv(8, 3), FLAT, {"type": "dense", "units": 512, "activation": "relu"}, TEN],
    },
    {
        "preset": "dead-leaves",
        "steps": 100,
        "layers": [
            _conv(16, 5),
            {"type": "batch_normalization"},
            {"type": "depthwise_conv2d", "kernel_size": 3, "activation": "relu"},
            POOL,
            MEAN,
            TEN,
        ],
    },
]


def trained(client: Any, request: dict[str, Any]) -> float:
    """Trains once; returns the seconds that the server counts."""
    run = client.post("/api/runs", json=request).json()["id"]
    while (told := client.get(f"/api/runs/{run}").json())["status"] != "finished":
        time.sleep(0.05)
    return float(told["training_seconds"])


def main() -> None:
    """Prints the table."""
    with TemporaryDirectory() as folder, RunningServer(Path(folder)) as server:
        for preset in PRESETS:  # the data sets are made, the workers warm
            trained(server.client, {"preset": preset, "steps": 20})
        seen = [SeenRun(resolve(one), trained(server.client, one)) for one in REQUESTS]
    print(f"{'took':>7} {'before':>7} {'after':>7}  recipe")
    for request, run in zip(REQUESTS, seen, strict=True):
        others = [other for other in seen if other is not run]
        before, after = (expected_seconds(run.recipe, known) for known in ([], others))
        changes = {name: request[name] for name in request if name not in ("preset", "layers")}
        print(f"{run.seconds:7.2f} {before:7.2f} {after:7.2f}  {request['preset']} {changes}")


if __name__ == "__main__":
    main()
