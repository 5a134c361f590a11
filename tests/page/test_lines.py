"""What the page says of a line: bright or dark in its middle, as the ideal that fits it is."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.analysis import judge_filters
from app.analysis.templates import bank_of
from app.kernels import using
from app.recipe import resolve
from app.training.data import load_dataset
from app.training.loop import Training
from tests.page.node import asked


@pytest.fixture(scope="module")
def kernels(cache_folder: Path) -> NDArray[np.float32]:
    """The filters that the preset `dead-leaves` has learnt at its end, with its own seed, 0.

    By NumPy: by compiled kernels the last digits differ, and with them what some filters become.
    """
    recipe = resolve({"preset": "dead-leaves"})
    training = Training(recipe, load_dataset(recipe, cache_folder), cache_folder)
    with using(None):
        *_, last = (event for event in training.run() if event.kind == "snapshot")
    kernel = last.arrays[0]
    return np.frombuffer(kernel.data, "<f4").reshape(kernel.shape)


def _said(kernel: NDArray[np.floating[Any]], ideal: NDArray[np.floating[Any]]) -> str:
    told = {
        "shape": [*kernel.shape, 1],
        "weights": kernel.ravel().tolist(),
        "ideal": ideal.ravel().tolist(),
    }
    said: str = asked("scenes/filter/sides.js", "m.lineOn(a, a.ideal)", told)
    return said


def _middle(kernel: NDArray[np.float32], ideal: NDArray[np.float32]) -> float:
    """How bright the filter is where its ideal is brightest, beside where that is darkest."""
    gray = kernel.sum(axis=2)
    return float(gray[ideal > 0.5 * ideal.max()].mean() - gray[ideal < 0.5 * ideal.min()].mean())


@pytest.mark.slow
def test_lines_of_a_real_run_are_bright_where_their_middle_is(
    kernels: NDArray[np.float32],
) -> None:
    lines = np.flatnonzero(judge_filters(kernels).label == "line").tolist()
    assert {5, 15} <= set(lines)  # told the other way round by the strongest contrast anywhere
    for index in lines:
        ideal = _ideal(kernels, index)
        said = _said(kernels[..., index], ideal)
        if "bright" in said:  # else it has a hue
            bright = _middle(kernels[..., index], ideal) > 0
            assert said == ("A bright line on dark" if bright else "A dark line on bright"), index
    assert _said(kernels[..., 5], _ideal(kernels, 5)) == "A dark line on bright"
    assert _said(kernels[..., 15], _ideal(kernels, 15)) == "A bright line on dark"


def _ideal(kernels: NDArray[np.float32], index: int) -> NDArray[np.float32]:
    size = kernels.shape[0]
    template = judge_filters(kernels).template[index]
    return bank_of(size).matrix[:, template].reshape(size, size)


def test_a_bright_line_beside_a_darker_flank_is_a_bright_one() -> None:
    rows = np.arange(9)
    ideal = np.exp(-((rows - 3) ** 2) / 2)[:, None] * np.ones(9)
    ideal -= ideal.mean()
    flank = -2.0 * np.exp(-((rows - 7) ** 2) / 0.3)[:, None] * np.ones(9)
    for colour, words in (
        ((1, 1, 1), "A bright line on dark"),
        ((-1, -1, -1), "A dark line on bright"),
        ((0.3, -0.2, -0.2), "A red line on blue-green"),
    ):
        assert _said(ideal[..., None] * np.array(colour), ideal) == words
    assert _said((ideal + flank)[..., None] * np.ones(3), ideal) == "A bright line on dark"
