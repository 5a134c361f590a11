"""Pages are the same from templates that were compiled before, whatever became of those."""

import shutil
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from app.web import kept_templates, page_answer
from app.web.kept_templates import KeptTemplates


def started_anew() -> None:
    page_answer._templates.cache_clear()


def test_a_page_comes_from_templates_that_were_compiled_before(
    client: httpx.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started_anew()
    page = client.get("/").text
    folder = tmp_path / "data/cache/templates"
    kept = {file: file.read_bytes() for file in folder.iterdir()}
    assert len(kept) > 10
    assert folder.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in kept)
    compiled = []
    monkeypatch.setattr(
        KeptTemplates, "dump_bytecode", lambda _kept, bucket: compiled.append(bucket.key)
    )
    started_anew()
    assert client.get("/").text == page
    assert compiled == []


def _cut(folder: Path, length: int) -> None:
    for file in folder.iterdir():
        file.write_bytes(file.read_bytes()[:length])


def _no_folder(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("")


@pytest.mark.parametrize(
    "damage",
    [
        *(lambda folder, length=length: _cut(folder, length) for length in (0, 5, 20, 30, 60, 500)),
        _no_folder,
        shutil.rmtree,
    ],
)
def test_what_is_damaged_is_compiled_anew(
    client: httpx.Client, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    started_anew()
    page = client.get("/").text
    damage(tmp_path / "data/cache/templates")
    started_anew()
    assert client.get("/").text == page


def test_a_full_disk_keeps_no_page_back(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_kept: object, _bucket: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept_templates.FileSystemBytecodeCache, "dump_bytecode", full)
    started_anew()
    assert client.get("/").status_code == 200
