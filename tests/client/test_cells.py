"""A notebook's cell that is run again ends what it opened before, and nothing else."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from app.client import cells
from app.external.packets import packets_in
from tests.client.quick import watched

KERNEL = np.ones((3, 3, 1, 2), "f4")


class Notebook:
    """What IPython tells of the cell that it runs."""

    def __init__(self) -> None:
        self.execution_count = 0
        self.cell = ""

    def run(self, cell: str) -> None:
        self.cell = cell
        self.execution_count += 1

    def get_parent(self) -> dict[str, Any]:
        return {"metadata": {"cellId": self.cell} if self.cell else {}}


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Notebook]:
    shell = Notebook()
    monkeypatch.setattr(cells, "_OPENED", [])
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))  # type: ignore[arg-type]
    return shell


def test_a_cell_that_is_run_again_ends_its_run_and_leaves_those_of_other_cells(
    tmp_path: Path, notebook: Notebook
) -> None:
    runs = []
    for cell in ("train", "other", "train"):
        notebook.run(cell)
        runs.append(watched(str(tmp_path / "film.fscope")))
        runs[-1].step(KERNEL)
    assert [run.is_over for run in runs] == [True, False, False]
    ended = runs[0].file
    assert ended is not None
    with ended.open("rb") as file:
        *_, last = packets_in(file)
    assert last.header["items"][-1]["outcome"] == "stopped", "nobody knows that it was over"
    for run in runs:
        run.close()


def test_one_execution_may_watch_two_networks(tmp_path: Path, notebook: Notebook) -> None:
    film = str(tmp_path / "film.fscope")
    notebook.run("both")
    first, second = watched(film), watched(film)
    assert not first.is_over
    notebook.run("both")
    again = watched(film)
    assert (first.is_over, second.is_over, again.is_over) == (True, True, False)
    again.close()


def test_cells_without_a_name_are_known_by_their_code(notebook: Notebook) -> None:
    notebook.run("")
    assert cells.current_execution() is None, "no cell's code runs"
    found: dict[str, Any] = {"current": cells.current_execution}
    code = compile("told = current()", "/tmp/ipykernel_12/345.py", "exec")
    exec(code, found)
    assert found["told"] == cells.Execution("/tmp/ipykernel_12/345.py", 1)


def test_outside_of_a_notebook_runs_end_when_one_says_so(tmp_path: Path) -> None:
    first, second = (watched(str(tmp_path / "film.fscope")) for _ in range(2))
    assert not first.is_over
    first.close()
    second.close()
