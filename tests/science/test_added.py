"""What is said of additions rests on noise and controls, as published and as measured again."""

from pathlib import Path

import pytest

from app.analysis import chance_of
from science.added import added_noise
from science.courses import course_of
from science.experiments import ADDED, SPOILED
from science.files import read_figures
from tests.contracts.repository import ROOT

FIGURES = read_figures(ROOT / "docs")


@pytest.mark.parametrize(("size", "channels"), [(3, 1), (5, 1), (3, 3)])
def test_the_published_noise_comes_out_the_same(size: int, channels: int) -> None:
    published = next(
        row for row in FIGURES["added"] if (row["size"], row["channels"]) == (size, channels)
    )
    found = added_noise(size, channels)
    for kind in ("white", "smooth", "mean", "score"):
        assert found[kind] == pytest.approx(published[kind], abs=0.002)


def test_what_chance_may_orient_is_more_than_noise_and_spoilt_data_did() -> None:
    for row in FIGURES["added"]:
        assert max(row["white"], row["smooth"]) < chance_of(row["size"])
    for preset in ADDED:
        for words in SPOILED:
            if run := FIGURES["runs"].get(f"{preset}, {words}"):
                oriented = run["added"]["oriented"]
                assert sum(oriented) / len(oriented) < chance_of(3 if "keras" in preset else 7)


def test_a_short_training_adds_edges_by_true_labels_and_by_random_ones_none(
    cache_folder: Path,
) -> None:
    asked = {"preset": "mnist-strokes", "steps": 300}
    assert course_of(asked, cache_folder).added.oriented[-1] >= 0.3
    spoilt = course_of({**asked, "labels": "random"}, cache_folder).added
    assert spoilt.oriented[-1] <= 0.07
    assert spoilt.score[-1] <= 0.05
