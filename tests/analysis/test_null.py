import json
import logging
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from app.analysis import null
from app.analysis.blur import draw_blurred
from app.analysis.null import Null, compute_null, null_of
from app.analysis.null_tables import SHAPES


@pytest.fixture(autouse=True)
def forget() -> None:
    null._remembered.cache_clear()


@pytest.mark.parametrize(("size", "channels"), SHAPES)
def test_a_shipped_table_is_what_would_be_computed(size: int, channels: int) -> None:
    shipped = json.loads(null.SHIPPED.read_text())[f"{size}x{size}x{channels}"]
    computed = asdict(compute_null(size, channels))
    for name, value in computed.items():
        assert shipped[name] == pytest.approx(value, abs=1e-5), name


def test_a_null_that_is_not_shipped_is_kept_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = null_of(3, 2, tmp_path)
    null._remembered.cache_clear()
    monkeypatch.setattr(null, "compute_null", None)
    assert null_of(3, 2, tmp_path) == first


@pytest.mark.parametrize("content", ["", "{", "[]", '{"thresholds": [1, 2]}', "null", '"text"'])
def test_a_spoiled_null_file_is_computed_anew(tmp_path: Path, content: str) -> None:
    first = null_of(3, 2, tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_text(content)
    null._remembered.cache_clear()
    assert null_of(3, 2, tmp_path) == first
    assert Null.from_dict(json.loads(path.read_text())) == first


def test_a_folder_that_cannot_be_written_is_warned_of_and_does_no_harm(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "a file, no folder"
    blocked.write_text("")
    with caplog.at_level(logging.WARNING):
        assert null_of(3, 2, blocked) == compute_null(3, 2)
    assert str(blocked) in caplog.text


@pytest.mark.parametrize(("size", "channels"), [(2, 1), (1, 3), (5, 0)])
def test_there_is_no_null_where_nothing_can_be_judged(size: int, channels: int) -> None:
    with pytest.raises(ValueError, match="at least"):
        null_of(size, channels)


def test_more_channels_leave_less_to_chance() -> None:
    few, many = null_of(5, 1), null_of(5, 16)
    assert many.median_oriented_r2 < few.median_oriented_r2
    assert many.coherence_gate < few.coherence_gate


def test_blurred_noise_is_as_smooth_as_its_gaussian() -> None:
    sigma = 1.5
    field = draw_blurred((15, 15, 1, 4000), sigma, np.random.default_rng(0)).astype(float)
    shifted = [(field[:, : 15 - lag] * field[:, lag:]).mean() for lag in (0, 1, 2, 3)]
    # White noise after a Gaussian of σ correlates as exp(−lag² / 4σ²).
    expected = np.exp(-(np.arange(4) ** 2) / (4 * sigma**2))
    np.testing.assert_allclose(np.array(shifted) / shifted[0], expected, atol=0.01)
    assert field.mean() == pytest.approx(0, abs=0.01)


def test_blurred_noise_shows_no_border() -> None:
    field = draw_blurred((9, 9, 2, 4000), 1.4, np.random.default_rng(1)).astype(float)
    spread = field.std(axis=(2, 3))
    assert spread.max() / spread.min() < 1.05
