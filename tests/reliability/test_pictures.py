"""Sources of pictures with bytes changed, cut and doubled: each is a data set or a sentence."""

import random
import zipfile
from pathlib import Path

import numpy as np
import pytest

from app.gathering.request import NotGathered
from app.kept_pictures import all_kept
from tests.gathering.samples import as_zip, encoded, gathered, pixels, two_classes
from tests.reliability.scale import tries

MUTANTS = tries(40, 3000)
KINDS = ("PNG", "JPEG", "WEBP", "BMP", "GIF")


def _sources(folder: Path) -> list[bytes]:
    """A zip of every kind of picture, stored and packed, and archives of arrays."""
    files = two_classes(3, 24)
    files |= {
        f"cats/{kind}.{kind.lower()}": encoded(pixels(50 + at, 24, 24), kind)
        for at, kind in enumerate(KINDS)
    }
    stored = as_zip(folder / "stored", files, zipfile.ZIP_STORED).read_bytes()
    packed = as_zip(folder / "packed", files).read_bytes()
    images = np.random.default_rng(0).random((12, 28, 28), np.float32)
    np.savez(folder / "arrays.npz", x=images, y=np.arange(12) % 3)
    np.savez_compressed(folder / "dense.npz", images=images, labels=np.arange(12) % 2)
    arrays = [(folder / name).read_bytes() for name in ("arrays.npz", "dense.npz")]
    return [stored, packed, *arrays]


def _mutated(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 2, 8, 32))):
        at = chance.randrange(len(changed))
        kind = chance.randrange(4)
        if kind == 0:
            changed[at] = chance.randrange(256)
        elif kind == 1:
            changed[at] ^= 1 << chance.randrange(8)
        elif kind == 2:
            changed[at : at + 4] = chance.choice((b"\xff" * 4, bytes(4), b"\x00\x00\x00\x80"))
        else:
            changed[at:at] = changed[at : at + chance.randrange(64)]
    return bytes(changed[: chance.choice((len(changed), chance.randrange(1, len(changed)))) or 1])


def test_whatever_becomes_of_a_source_it_ends_in_a_data_set_or_in_a_sentence(
    tmp_path: Path,
) -> None:
    sources = _sources(tmp_path)
    kept = refused = 0
    for seed in range(MUTANTS):
        chance = random.Random(seed)
        path = tmp_path / "mutant"
        path.write_bytes(_mutated(chance.choice(sources), chance))
        folder = tmp_path / f"kept-{seed}"
        try:
            made = gathered(path, folder)
        except NotGathered as why:
            refused += 1
            if len(why.message) < 10 or (folder.exists() and list(folder.iterdir())):
                pytest.fail(f"mutant {seed}: {why.message!r} with something left")
        else:
            kept += 1
            assert all_kept(folder) == [made], f"mutant {seed}"
            images = np.load(folder / made.digest[:16] / "images.npy")
            assert images.shape == (made.info.train_size + made.info.test_size, *made.shape)
    assert kept > 0
    assert refused > 0
