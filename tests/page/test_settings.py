"""What “Change settings” proposes, away from any page."""

from typing import Any

import pytest

from app.vocabulary.optimizers import OPTIMIZERS
from tests.page.node import asked


def _state(**run: Any) -> dict[str, Any]:
    optimizer = {"type": "sgd", "learning_rate": 0.05}
    recipe = {"optimizer": optimizer, "batch_size": 64, "steps": 400, "seed": 0}
    return {"run": {"name": "A run", "status": "finished", "recipe": recipe, **run}}


@pytest.mark.parametrize("optimizer", [name for name in OPTIMIZERS if name != "sgd"])
def test_another_optimiser_comes_with_its_usual_rate(optimizer: str) -> None:
    rate = asked("control/settings.js", f"m.rateWith(a, '{optimizer}')", _state())
    assert float(rate) == OPTIMIZERS[optimizer].usual_rate


def test_the_runs_own_optimiser_comes_with_its_own_rate_or_the_one_that_mends_it() -> None:
    assert asked("control/settings.js", "m.rateWith(a, 'sgd')", _state()) == "0.05"
    broken = _state(status="failed", error={"code": "diverged"})
    assert asked("control/settings.js", "m.rateWith(a, 'sgd')", broken) == "0.005"
