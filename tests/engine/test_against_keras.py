"""Recorded Keras numbers: layers, loss, initialisers, and twelve steps of each optimiser."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench import against_keras
from bench.against_keras import MNIST, compare

pytestmark = pytest.mark.usefixtures("both_ways")

GOLDEN = Path(__file__).resolve().parent.parent / "golden"


def _stored(file: str) -> dict[str, np.ndarray]:
    with np.load(GOLDEN / file) as stored:
        return {name: stored[name] for name in stored.files}


def _cases(reference: dict[str, np.ndarray]) -> dict[str, Any]:
    return {case["name"]: case for case in json.loads(reference["cases"].tobytes())}


REFERENCE, LAYERS = _stored("keras_golden.npz"), _stored("keras_layers.npz")
CASES = _cases(REFERENCE) | _cases(LAYERS)


@pytest.fixture(scope="module")
def mnist_images() -> np.ndarray:
    with np.load(MNIST) as mnist:
        return mnist["x_train"]


@pytest.mark.parametrize("name", CASES)
def test_agrees_with_keras(name: str, mnist_images: np.ndarray) -> None:
    one_case = json.dumps([CASES[name]]).encode()
    reference = {**REFERENCE, **LAYERS, "cases": np.frombuffer(one_case, np.uint8)}
    (comparison,) = compare(reference, mnist_images)
    assert comparison.error <= comparison.limit, comparison


@pytest.mark.parametrize(("spoilt", "status"), [(0.0, 0), (0.01, 1), (np.nan, 1)])
def test_the_checker_ends_with_1_if_a_case_is_beyond_its_limit(
    spoilt: float,
    status: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    arrays = {name: REFERENCE[name] for name in REFERENCE if name.startswith("pool0/")}
    arrays["pool0/y"] = arrays["pool0/y"] + np.float32(spoilt)
    arrays["cases"] = np.frombuffer(json.dumps([CASES["pool0"]]).encode(), np.uint8)
    np.savez(tmp_path / "reference.npz", **arrays)
    monkeypatch.setattr("sys.argv", ["against_keras", str(tmp_path / "reference.npz")])
    assert against_keras.main() == status
    assert ("beyond" in capsys.readouterr().out) == bool(status)
