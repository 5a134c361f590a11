import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.datasets.cache import cached_bytes

SHAPE = (3, 5, 2)


def _rainbow() -> np.ndarray:
    return np.arange(30, dtype=np.uint8).reshape(SHAPE)


def _never() -> np.ndarray:
    raise AssertionError("a sound copy was there, nothing had to be made")


def _keep(folder: Path) -> Path:
    cached_bytes(folder, "rainbow", SHAPE, _rainbow)
    return folder / "rainbow.npy"


def test_what_was_kept_is_not_made_again(tmp_path: Path) -> None:
    _keep(tmp_path)
    np.testing.assert_array_equal(cached_bytes(tmp_path, "rainbow", SHAPE, _never), _rainbow())


def test_nothing_but_the_finished_file_is_left_behind(tmp_path: Path) -> None:
    path = _keep(tmp_path)
    assert list(tmp_path.iterdir()) == [path]


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def _flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-12] ^= 1
    path.write_bytes(bytes(content))


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _scribble(path: Path) -> None:
    path.write_bytes(b"\x93NUMPY\x01\x00\xff\xff{'descr': nonsense")


def _pickle(path: Path) -> None:
    np.save(path, np.array([{"an": "object"}], dtype=object), allow_pickle=True)


def _other_shape(path: Path) -> None:
    np.save(path, np.zeros(7, np.uint8))


@pytest.mark.parametrize(
    "spoil", [_truncate, _flip_a_bit, _empty, _scribble, _pickle, _other_shape, Path.unlink]
)
def test_a_spoiled_file_is_noticed_and_made_anew(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(_keep(tmp_path))
    np.testing.assert_array_equal(cached_bytes(tmp_path, "rainbow", SHAPE, _rainbow), _rainbow())
    np.testing.assert_array_equal(cached_bytes(tmp_path, "rainbow", SHAPE, _never), _rainbow())


def test_a_folder_that_cannot_be_written_is_warned_of_and_does_no_harm(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "a file, no folder"
    blocked.write_text("")
    with caplog.at_level(logging.WARNING):
        made = cached_bytes(blocked, "rainbow", SHAPE, _rainbow)
    np.testing.assert_array_equal(made, _rainbow())
    assert str(blocked) in caplog.text


def test_cached_bytes_cannot_be_changed_by_accident(tmp_path: Path) -> None:
    for _ in range(2):
        kept = cached_bytes(tmp_path, "rainbow", SHAPE, _rainbow)
        with pytest.raises(ValueError, match="read-only"):
            kept[0, 0, 0] = 1
