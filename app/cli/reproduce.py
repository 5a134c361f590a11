"""`python -m app reproduce RUN`: the same run again, held against its log."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from ..external.sentences import trained
from ..past import Handover, RecordedEvent, is_from_training
from ..recipe import Recipe
from ..settings import Settings
from ..store import StoreError
from .recorded import recorded_run


def run(options: argparse.Namespace) -> int:
    """Trains it again; 0 and "identical", or 1 and the first difference."""
    from ..training.retelling import Different

    try:
        with recorded_run(options.run) as (reading, row):
            beginning = reading.beginning(row.id)
            kept = [event for event in reading.kept(row.id) if is_from_training(event)]
        if not kept:
            raise StoreError(f"run {row.id} never began, so there is nothing to reproduce")
        if row.recipe is None:
            raise StoreError(f"run {row.id} {trained(row.described)} and can't be repeated")
        recipe = Recipe.model_validate_json(row.recipe)
        _retell(recipe, kept, beginning, Settings.from_environment().cache_folder)
    except Different as difference:
        print(f"different: {difference}")
        return 1
    except (ValueError, OSError, StoreError) as problem:
        print(f"Filterscope can't reproduce this: {problem}", file=sys.stderr)
        return 1
    print(f"identical: {len(kept)} events up to step {kept[-1].step} of run {row.id}")
    return 0


def _retell(
    recipe: Recipe,
    kept: Sequence[RecordedEvent],
    beginning: Handover | None,
    cache_folder: Path,
) -> None:
    """Trains along the log. Raises Different."""
    from ..training.data import load_dataset
    from ..training.loop import Training
    from ..training.retelling import Retelling
    from ..training.steering import Steering

    dataset = load_dataset(recipe, cache_folder)
    steering = Steering(Training(recipe, dataset, cache_folder, beginning=beginning))
    retelling = Retelling(steering, kept)
    with tqdm(total=kept[-1].step, unit="step", desc=recipe.name, disable=None) as bar:
        retelling.begin()
        while not retelling.is_done:
            retelling.go_on()
            bar.update(steering.step - bar.n)
