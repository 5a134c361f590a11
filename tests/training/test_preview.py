"""The filters shown before Start are the ones that training starts from."""

from pathlib import Path

import pytest

from app.recipe import resolve
from app.training.data import load_dataset
from app.training.loop import Training
from app.training.preview import first_snapshot


@pytest.mark.parametrize("preset", ["dead-leaves", "keras-mnist"])
def test_the_preview_is_the_runs_frame_0(cache_folder: Path, preset: str) -> None:
    recipe = resolve({"preset": preset, "seed": 5})
    run = Training(recipe, load_dataset(recipe, cache_folder), cache_folder)
    assert first_snapshot(recipe, cache_folder) == run.begin()[1]
