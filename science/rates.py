"""Measures which learning rates suit each optimiser on Dead leaves: `python -m science.rates`.

The preset is trained as it is but for its optimiser, whose other settings are `SETTINGS`. A rate
does well if its mean accuracy over the seeds lies within three points of the optimiser's best.
"""

import json
from pathlib import Path
from typing import Any, Final

import numpy as np

from app.recipe import resolve
from app.settings import Settings
from app.training.data import load_dataset
from app.training.loop import Training
from app.vocabulary.optimizers import OPTIMIZERS

PRESET: Final = "dead-leaves"
SEEDS: Final = (0, 1, 2)
POINTS: Final = 0.03
FILE: Final = Path(__file__).parents[1] / "docs/science/rates.json"

SETTINGS: Final[dict[str, dict[str, float]]] = {
    "sgd": {"momentum": 0.9},
    "rmsprop": {},
    "adam": {},
    "adamw": {},
    "adadelta": {},
}
RATES: Final[dict[str, tuple[float, ...]]] = {
    "sgd": (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5),
    "rmsprop": (0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05),
    "adam": (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05),
    "adamw": (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05),
    "adadelta": (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0),
}


def accuracy_of(optimizer: str, rate: float, seed: int, cache_folder: Path) -> float:
    """Trains once; returns the share of test pictures named rightly, 0 where the run broke."""
    asked = {"type": optimizer, "learning_rate": rate, **SETTINGS[optimizer]}
    schedule = resolve({"preset": PRESET}).optimizer.schedule
    request = {"preset": PRESET, "optimizer": {**asked, "schedule": schedule}, "seed": seed}
    recipe = resolve(request)
    told = list(Training(recipe, load_dataset(recipe, cache_folder), cache_folder).run())
    if told[-1].kind != "run_finished":
        return 0.0
    last = [json.loads(event.body) for event in told if event.kind == "evaluated"][-1]
    return float(last["validation_accuracy"])


def good_rates(accuracies: dict[str, list[float]]) -> tuple[float, float, float]:
    """Returns the lowest and the highest rate that do well, with all between them doing so too,
    and the best of those between.
    """
    rates = sorted(accuracies, key=float)
    means = [float(np.mean(accuracies[rate])) for rate in rates]
    best = int(np.argmax(means))
    low = high = best
    while low > 0 and means[low - 1] >= means[best] - POINTS:
        low -= 1
    while high + 1 < len(rates) and means[high + 1] >= means[best] - POINTS:
        high += 1
    inner = range(low + 1, high) or range(low, high + 1)
    good = max(inner, key=lambda place: means[place])
    return float(rates[low]), float(rates[high]), float(rates[good])


def read() -> dict[str, Any]:
    """Reads what was measured so far."""
    return json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}


def table() -> str:
    """Writes what was measured as a table: a row for each optimiser, its rates and accuracies."""
    lines = ["| optimiser | rate: mean accuracy | goes well |", "|---|---|---|"]
    for optimizer, accuracies in read().items():
        low, high, _ = good_rates(accuracies)
        means = [f"{rate}: {np.mean(found):.3f}" for rate, found in accuracies.items()]
        title = OPTIMIZERS[optimizer].title
        lines.append(f"| {title} | {' · '.join(means)} | {low:g} to {high:g} |")
    return "\n".join(lines)


def main() -> None:
    """Measures what isn't in the file yet, and writes it there, optimiser by optimiser."""
    cache_folder = Settings.from_environment().cache_folder
    for optimizer, rates in RATES.items():
        for rate in rates:
            found = read()
            kept = found.setdefault(optimizer, {})
            if str(rate) in kept:
                continue
            kept[str(rate)] = [
                round(accuracy_of(optimizer, rate, seed, cache_folder), 4) for seed in SEEDS
            ]
            FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
            print(optimizer, rate, kept[str(rate)], flush=True)


if __name__ == "__main__":
    main()
