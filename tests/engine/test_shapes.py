"""Window arithmetic by Keras's rules."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vocabulary.layers.windows import output_length, same_padding

sizes = st.integers(1, 64)


def test_five_with_a_window_of_three() -> None:
    assert output_length(5, 3, 1, "valid") == 3
    assert output_length(5, 3, 1, "same") == 5


@given(length=sizes, window=sizes, stride=sizes)
def test_same_pads_exactly_what_its_windows_need(length: int, window: int, stride: int) -> None:
    before, after = same_padding(length, window, stride)
    positions = output_length(length, window, stride, "same")
    assert 0 <= after - before <= 1
    needed = (positions - 1) * stride + window
    assert needed == length + before + after or (needed < length and before == after == 0)


def test_a_window_that_does_not_fit_is_named() -> None:
    with pytest.raises(ValueError, match="window of 9 does not fit into a length of 5"):
        output_length(5, 9, 1, "valid")


@pytest.mark.parametrize(("length", "window", "stride"), [(0, 1, 1), (5, 0, 1), (5, 3, 0)])
def test_sizes_below_one_are_refused(length: int, window: int, stride: int) -> None:
    with pytest.raises(ValueError, match="is 0; it must be at least 1"):
        output_length(length, window, stride, "same")


def test_an_unknown_padding_is_refused() -> None:
    with pytest.raises(ValueError, match="padding is 'full'"):
        output_length(5, 3, 1, "full")  # type: ignore[arg-type]


def test_shapes_can_be_read_without_numpy() -> None:
    program = "import sys, app.vocabulary.layers.windows; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
