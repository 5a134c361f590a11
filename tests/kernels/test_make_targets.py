"""Whatever trains from a checkout has kernels, or says that it has none, and leaves nothing."""

import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.kernels import kernels_in_words, source
from app.kernels.build import main
from bench import __main__ as bench
from tests.contracts.build_files import make_targets
from tests.contracts.repository import ROOT, text_of

_TRAIN = ("run", "test", "test-fast", "reliability", "fuzz", "bench", "science")


@pytest.mark.parametrize("target", _TRAIN)
def test_what_trains_compiles_kernels_first_where_none_lie_that_fit(target: str) -> None:
    needed = re.findall(rf"^{target}:([^#\n=]*)(?:##|$)", text_of("Makefile"), re.MULTILINE)
    assert [".kernels-if-needed" in names.split() for names in needed] == [True]


def test_figures_are_told_with_the_kernels_that_they_are_measured_with(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing = SimpleNamespace(measure=list)
    monkeypatch.setitem(sys.modules, "bench.reading", nothing)
    monkeypatch.setattr(sys, "argv", ["bench", "reading"])
    assert bench.main() == 0
    assert capsys.readouterr().out.splitlines()[0] == f"with kernels: {kernels_in_words()}"


@pytest.mark.parametrize("asked", ["numpy", "best"])
def test_a_library_that_does_not_fit_is_not_left_to_be_packed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, asked: str
) -> None:
    old = tmp_path / "kernels.so"
    old.touch()
    monkeypatch.setenv("CC", "false")
    monkeypatch.setenv("FILTERSCOPE_KERNELS", asked)
    monkeypatch.setattr("app.kernels.build.built_file", lambda: old)
    assert main() == 0
    assert not old.exists()


def test_clean_leaves_no_library() -> None:
    built = source.built_file().parent.relative_to(ROOT)
    assert str(built) in make_targets()["clean"].split()


def test_the_library_that_tests_compile_goes_with_their_process(tmp_path: Path) -> None:
    program = """if True:
        from tests.kernels import kinds
        kinds.is_current = lambda file: False
        kinds.build = lambda file, *flags: file.touch()
        print(kinds.library())
    """
    variables = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", program]
    told = subprocess.run(command, cwd=ROOT, env=variables, check=True, capture_output=True)
    assert str(tmp_path) in told.stdout.decode()
    assert not list(tmp_path.iterdir())
