"""Recorded Keras numbers: layers, loss, initialisers, and twelve steps of each optimiser."""

import json
from pathlib import Path

import numpy as np
import pytest

from bench.against_keras import MNIST, compare

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "keras_golden.npz"

with np.load(GOLDEN) as stored:
    REFERENCE = {name: stored[name] for name in stored.files}
CASES = {case["name"]: case for case in json.loads(REFERENCE["cases"].tobytes())}


@pytest.fixture(scope="module")
def mnist_images() -> np.ndarray:
    with np.load(MNIST) as mnist:
        return mnist["x_train"]


@pytest.mark.parametrize("name", CASES)
def test_agrees_with_keras(name: str, mnist_images: np.ndarray) -> None:
    one_case = json.dumps([CASES[name]]).encode()
    reference = {**REFERENCE, "cases": np.frombuffer(one_case, np.uint8)}
    (comparison,) = compare(reference, mnist_images)
    assert comparison.error <= comparison.limit, comparison
