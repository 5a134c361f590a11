"""Files of weights that were damaged at random: read right, or refused in a sentence."""

import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.reading.contents import Contents, WeightsUnreadable
from app.reading.files import read_weights
from tests.reading import keras_traps, onnx_traps
from tests.reliability.scale import IS_FULL

Array = NDArray[Any]
_MUTANTS = 10_000 if IS_FULL else 700
_CUTS = 20  # of each valid file
_SEED = 20_261
_MOST_SECONDS = 2
_CHECKED = ".keras"  # its zip has a check value of every part


_SIZES = (0, 1, 0x7F, 0x80, 0xFFFF, 2**31 - 1, 2**32 - 1, 2**63, 2**64 - 1)


def read_whole(path: Path) -> tuple[Contents, list[Array]]:
    """Reads a file and every number in it that is told of."""
    contents = read_weights(path)
    arrays = []
    for found in contents.layers:
        if found.described.shape is not None:
            kernel = found.kernel()
            assert kernel.shape == found.shape
            assert kernel.dtype == np.float32
            arrays.append(kernel)
        arrays += [read() for read in (found.bias, *found.averages.values()) if read]
    return contents, arrays


def mutants(data: bytes, seed: int) -> Iterator[bytes]:
    """Yields changed copies of a file, without end: cut, flipped, overwritten, moved about."""
    rng = np.random.default_rng(seed)
    while True:
        changed = bytearray(data)
        for _ in range(int(rng.integers(1, 4))):
            _mutate(changed, rng)
        yield bytes(changed)


def _mutate(data: bytearray, rng: np.random.Generator) -> None:
    if not data:
        return
    at = int(rng.integers(len(data)))
    length = int(rng.integers(1, 1 + min(64, len(data) - at)))
    match int(rng.integers(7)):
        case 0:
            data[at] ^= 1 << int(rng.integers(8))
        case 1:
            data[at : at + length] = rng.bytes(length)
        case 2:
            del data[at:]
        case 3:
            del data[at : at + length]
        case 4:
            data[at:at] = data[at : at + length]
        case 5:
            size = _SIZES[int(rng.integers(len(_SIZES)))]
            width = int(rng.choice([1, 2, 4, 8]))
            data[at : at + width] = (size & 2 ** (8 * width) - 1).to_bytes(width, "little")
        case 6:
            other = int(rng.integers(len(data)))
            data[at : at + length] = data[other : other + length]


def test_mutated_files_are_read_right_or_refused_in_a_sentence(tmp_path: Path) -> None:
    files = [*keras_traps.valid_files(tmp_path), *onnx_traps.valid_files(tmp_path)]
    each = -(-_MUTANTS // len(files))
    refused = 0
    for path in files:
        right = sorted(array.tobytes() for array in read_whole(path)[1])
        mutant = tmp_path / f"mutant{path.suffix}"
        for data in itertools.islice(mutants(path.read_bytes(), _SEED), each):
            mutant.write_bytes(data)
            began = process_time()
            try:
                contents, arrays = read_whole(mutant)
            except WeightsUnreadable:
                refused += 1
            else:
                assert contents.layers
                if path.suffix == _CHECKED:
                    assert sorted(array.tobytes() for array in arrays) == right
                assert all(array.dtype == np.float32 for array in arrays)
            assert process_time() - began < _MOST_SECONDS
    assert refused > _MUTANTS / 3


def test_mutants_are_the_same_each_time() -> None:
    first, again = (mutants(bytes(range(200)), 3) for _ in range(2))
    assert list(itertools.islice(first, 50)) == list(itertools.islice(again, 50))


def test_a_file_that_is_cut_short_anywhere_says_so(tmp_path: Path) -> None:
    places = random.Random(7)
    for path in [*keras_traps.valid_files(tmp_path), *onnx_traps.valid_files(tmp_path)]:
        data = path.read_bytes()
        for _ in range(_CUTS):
            path.write_bytes(data[: places.randrange(8, len(data) - 200)])
            with pytest.raises(WeightsUnreadable):
                read_whole(path)
