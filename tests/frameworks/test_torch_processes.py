"""Where several processes train one model, one of them tells; where none has it whole, none."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.frameworks.film import Film
from tests.frameworks.torch_processes import RANKS

ROOT = Path(__file__).resolve().parent.parent.parent


def trained(way: str, folder: Path) -> list[str]:
    """Trains in two processes; gives what each said."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.frameworks.torch_processes", way, str(folder), str(rank)],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        for rank in range(RANKS)
    ]
    said = [process.communicate(timeout=240)[1] for process in processes]
    assert [process.returncode for process in processes] == [0] * RANKS, said
    return [
        " ".join(line for line in text.splitlines() if line.startswith("filterscope"))
        for text in said
    ]


def test_of_two_processes_that_share_a_model_the_first_tells(tmp_path: Path) -> None:
    _, other = trained("replicated", tmp_path)
    assert other == ""
    assert not (tmp_path / "1.fscope").exists()
    film = Film(tmp_path / "0.fscope")
    kept = np.load(tmp_path / "0.npy")
    assert np.array_equal(kept, np.load(tmp_path / "1.npy"))  # they did train together
    assert list(film.snapshots) == [0, 1, 2, 3, 4, 6, 8, 10, 12]
    for step, snapshot in film.snapshots.items():
        assert np.array_equal(snapshot["0/kernel"], kept[step].transpose(2, 3, 1, 0))


def test_a_model_whose_weights_are_spread_is_refused_in_one_sentence(tmp_path: Path) -> None:
    pytest.importorskip("torch.distributed.fsdp")
    said = trained("sharded", tmp_path)
    assert "spread over processes" in said[0]
    assert not list(tmp_path.glob("*.fscope"))
