"""Without a compiler, or without the wish for kernels, all works as before, and a line says so."""

import ctypes
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.kernels import Kind, Library, library, source
from app.kernels.build import NotBuilt, build, main
from app.numerics import Numerics, changes
from tests.kernels.kinds import kind_named
from tests.kernels.kinds import library as built_library


@pytest.fixture(autouse=True)
def nobody_says_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests hold whatever the others are run with."""
    monkeypatch.delenv("FILTERSCOPE_KERNELS", raising=False)


def test_a_compiler_that_refuses_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refusing = (sys.executable, "-c", 'raise SystemExit("error: not today")')
    monkeypatch.setenv("CC", shlex.join(refusing))
    monkeypatch.setattr("app.kernels.build.built_file", lambda: tmp_path / "kernels.so")
    assert main() == 0
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("kernels: not compiled, NumPy does their work, slower:")
    assert line.endswith("says: error: not today")
    assert not list(tmp_path.iterdir())


def test_no_compiler_at_all_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CC", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotBuilt, match="there is no C compiler"):
        build(tmp_path / "kernels.so")


def test_a_folder_that_cannot_be_written_to_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CC", "true")
    monkeypatch.setattr("app.kernels.build.built_file", lambda: tmp_path / "file/kernels.so")
    assert main() == 0
    assert "file can't be written to: " in capsys.readouterr().err


def test_a_processor_without_a_kind_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    with pytest.raises(NotBuilt, match="there are none for riscv64"):
        build(tmp_path / "kernels.so")


def test_a_library_of_another_source_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    file = built_library()
    monkeypatch.setattr(library, "fingerprint", lambda: source.fingerprint() + 1)
    with pytest.raises(OSError, match="was built from another source"):
        Library(file)


def test_a_library_that_was_compiled_with_other_flags_is_not_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = built_library()
    monkeypatch.setattr(source, "COMMON_FLAGS", ("-O1",))
    monkeypatch.setattr(library, "fingerprint", source.fingerprint.__wrapped__)
    with pytest.raises(OSError, match="or with other flags"):
        Library(file)


def test_what_the_compiler_was_told_besides_is_told_of_the_kernels(tmp_path: Path) -> None:
    kind_named(source.kinds()[-1])
    build(tmp_path / "kernels.so", "-O0", "-DTRIED")
    for kind in Library(tmp_path / "kernels.so").kinds.values():
        assert kind.told.endswith(" with -O0 -DTRIED")
        assert kind.open == kind.told.replace("-O0 -DTRIED", "flags of its own")


def test_kernels_that_fit_are_left_as_they_are_where_a_run_only_needs_some(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CC", "false")
    monkeypatch.setattr("app.kernels.build.built_file", built_library)
    assert main(["--if-needed"]) == 0
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr("app.kernels.build.built_file", lambda: tmp_path / "kernels.so")
    assert main(["--if-needed"]) == 0
    assert "false says: no reason" in capsys.readouterr().err


def test_who_says_numpy_gets_numpy_and_reads_why() -> None:
    program = "from app import kernels; print(kernels.kernels_told(), kernels.kernels_in_words())"
    said = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "FILTERSCOPE_KERNELS": "numpy"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "numpy numpy: FILTERSCOPE_KERNELS asks for it\n"


@pytest.mark.parametrize(
    ("prepare", "why", "more"),
    [
        (Path.touch, "kernels.so can't be loaded", ": file too short"),
        (lambda _: None, f"no kernels were compiled for {sys.platform} on {source.machine()}", ""),
    ],
)
def test_why_there_are_none_is_said_and_what_the_system_says_is_for_the_log(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    prepare: Callable[[Path], None],
    why: str,
    more: str,
) -> None:
    file = tmp_path / "kernels.so"
    prepare(file)
    monkeypatch.setattr(library, "_chosen", [])
    monkeypatch.setattr(library, "_found", library._found.__wrapped__)
    monkeypatch.setattr(library, "built_file", lambda: file)
    assert library.kernels_told() == "numpy"
    assert library.kernels_in_words() == f"numpy: {why}"
    assert library.kernels_in_full() == f"numpy: {why}{more}"


def test_a_run_tells_with_which_kernels_it_was_trained() -> None:
    kept = '{"version": "1", "numpy": "2", "blas": "b", "kernel": "k", "simd": "s", "cpu": "c"}'
    before = Numerics.read(kept)
    assert before is not None
    assert before.kernels == "numpy"  # nothing else did, when nothing was noted
    told = kind_named(source.kinds()[-1]).told
    (change,) = changes(before, before.model_copy(update={"kernels": told}))
    assert change == f"compiled kernels: numpy before, {told} now"


@pytest.mark.parametrize("changed", ["kernels/winograd.h", "engine/convolution/chooser.py"])
def test_a_run_tells_of_which_source_its_kernels_were_and_who_called_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, changed: str
) -> None:
    told = []
    for folder in ("kernels", "engine/convolution"):
        shutil.copytree(source.FOLDER.parent / folder, tmp_path / folder)
    monkeypatch.setattr(source, "FOLDER", tmp_path / "kernels")
    monkeypatch.setattr(source, "CALLERS", tmp_path / "engine/convolution")
    monkeypatch.setattr(source, "fingerprint", source.fingerprint.__wrapped__)
    monkeypatch.setattr(library, "revision", source.revision.__wrapped__)
    file, name = built_library(), source.kinds()[-1]
    for more in ("", " "):
        (tmp_path / changed).write_text((tmp_path / changed).read_text() + more)
        told.append(Kind(ctypes.CDLL(str(file)), name).told)
    assert told[0] != told[1]
    assert re.fullmatch(rf"{name} of source [0-9a-f]{{8}}, compiled by .+", told[1])
