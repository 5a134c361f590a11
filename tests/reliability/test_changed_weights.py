"""Files of weights that were changed at random: a sentence, or the right numbers; nothing else."""

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.reading.contents import Contents, WeightsUnreadable
from app.reading.files import read_weights
from tests.reading import test_safetensors, torch_files
from tests.reading.networks import in_keras_order, torch_network
from tests.reading.torch_files import in_memory
from tests.reliability.scale import tries

Array = NDArray[Any]
TENSORS = torch_network()
KERNELS = in_keras_order(TENSORS)
MUTANTS = tries(120, 2500)


def _npz(path: Path) -> Path:
    with path.open("wb") as file:
        np.savez(file, **{f"{title}/kernel": kernel for title, kernel in KERNELS.items()})
    return path


def _safetensors(path: Path) -> Path:
    return test_safetensors.saved(path, TENSORS, {"format": "pt"})


def _changes(data: bytes, chance: random.Random) -> bytes:
    """Changes one to three places: bits, bytes, whole numbers, pieces lost, doubled, swapped."""
    changed = bytearray(data)
    # What says where things lie is small, and stands at either end.
    ends = [0, 200, 1500, len(data) - 1500, len(data)]
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        low = chance.choice([0, 0, *ends[:-1]])
        at = chance.randrange(max(0, min(low, len(changed) - 1)), len(changed))
        length = chance.choice([1, 2, 4, 8, 40, 400])
        piece = bytes(changed[at : at + length])
        match chance.randrange(7):
            case 0:
                changed[at] ^= 1 << chance.randrange(8)
            case 1:
                changed[at] = chance.randrange(256)
            case 2:
                changed[at : at + 4] = chance.choice(
                    [b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\xff" * 4]
                )
            case 3:
                del changed[at : at + length]
            case 4:
                changed[at:at] = piece
            case 5:
                changed[at : at + length] = changed[:length]
            case _:
                del changed[at:]
        if not changed:
            return b"\0"
    return bytes(changed)


def _mutants(whole: bytes, name: str) -> Iterator[tuple[int, bytes]]:
    for seed in range(MUTANTS):
        yield seed, _changes(whole, random.Random(f"{name} {seed}"))


def _read(path: Path) -> tuple[Contents, dict[str, Array]] | None:
    """Reads all kernels; None for a refusal. Any other exception fails the test."""
    try:
        contents = read_weights(path)
        return contents, {layer.described.title: layer.kernel() for layer in contents.layers}
    except WeightsUnreadable as refusal:
        said = str(refusal)
    assert 10 < len(said) < 500
    assert "\n" not in said
    return None


@pytest.mark.parametrize(("name", "save"), [("torch", torch_files.saved), ("npz", _npz)])
def test_a_zip_gives_what_was_written_or_nothing(
    tmp_path: Path, name: str, save: Callable[..., Path]
) -> None:
    path = tmp_path / "x"
    save(path, *([TENSORS] if name == "torch" else []))
    values = [_sorted(kernel) for kernel in KERNELS.values()]
    refused = 0
    for seed, changed in _mutants(path.read_bytes(), name):
        path.write_bytes(changed)
        found = _read(path)
        if found is None:
            refused += 1
            continue
        contents, kernels = found
        for title, kernel in kernels.items():
            is_noted = any(title in note for note in contents.notes)
            if title in KERNELS and not is_noted:
                np.testing.assert_array_equal(kernel, KERNELS[title], err_msg=f"{name} {seed}")
            assert any(np.array_equal(_sorted(kernel), known) for known in values), (name, seed)
    assert refused > MUTANTS // 4


def test_safetensors_gives_just_the_numbers_that_its_header_points_to(tmp_path: Path) -> None:
    path = _safetensors(tmp_path / "x")
    read = 0
    for seed, changed in _mutants(path.read_bytes(), "safetensors"):
        path.write_bytes(changed)
        found = _read(path)
        if found is None:
            continue
        read += 1
        size = int.from_bytes(changed[:8], "little")
        header = json.loads(changed[8 : 8 + size])
        pointed = [
            _sorted(_decoded(entry["dtype"], changed[8 + size :], *entry["data_offsets"]))
            for name, entry in header.items()
            if name != "__metadata__"
        ]
        for title, kernel in found[1].items():
            same = [np.array_equal(_sorted(kernel), known, equal_nan=True) for known in pointed]
            assert any(same), (seed, title)
    assert 0 < read < MUTANTS


def _decoded(dtype: str, data: bytes, start: int, end: int) -> Array:
    known = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "U32": "<u4"}
    found = np.frombuffer(data[start:end], known.get(dtype, "u1"))
    with np.errstate(over="ignore"):
        return found.astype(np.float32)


def test_the_older_form_of_pytorch_gives_numbers_that_are_in_it_or_nothing(tmp_path: Path) -> None:
    path = torch_files.saved_legacy(tmp_path / "x", TENSORS)
    data = b"".join(in_memory(array) for array in TENSORS.values())
    read = 0
    for seed, changed in _mutants(path.read_bytes(), "legacy"):
        path.write_bytes(changed)
        found = _read(path)
        if found is None:
            continue
        read += 1
        if data in changed:  # then the header alone was changed
            known = np.concatenate([array.ravel() for array in TENSORS.values()])
            for title, kernel in found[1].items():
                is_noted = any(title in note for note in found[0].notes)
                assert is_noted or np.isin(kernel, known.astype(np.float32)).all(), (seed, title)
    assert 0 < read < MUTANTS


def _sorted(kernel: Array) -> Array:
    return np.sort(kernel.astype(np.float32).ravel())
