"""A data folder that its owner alone can open, or that can't be written to at all."""

import logging
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.data_folder import open_data_folder
from tests.contracts.repository import ROOT
from tests.running_server import CHECKOUT, RunningServer
from tests.store.samples import open_store
from tests.waiting import wait_until

_NOBODY = 65534
_IS_ROOT = os.geteuid() == 0


def _modes(folder: Path) -> dict[str, int]:
    """The rights of a folder and of all in it, by their path."""
    paths = [folder, *folder.rglob("*")]
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in paths}


def _open_to_others(folder: Path) -> dict[str, str]:
    return {name: oct(mode) for name, mode in _modes(folder).items() if mode & 0o077}


@pytest.fixture
def entered_by_all() -> Iterator[Path]:
    """A folder into which every user of the machine can look, as /srv is one."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("umask", ["000", "277"])
def test_all_that_a_server_and_its_workers_write_is_for_the_owner_alone(
    tmp_path: Path, umask: str
) -> None:
    with_umask = ("sh", "-c", f'umask {umask}; exec "$@"', "sh", *CHECKOUT)
    folder = tmp_path / "not" / "there"
    with RunningServer(folder, command=with_umask, PYTHONDONTWRITEBYTECODE="1") as server:
        recipe = {"preset": "dead-leaves", "steps": 3}
        run = server.client.post("/api/runs", json=recipe).json()["id"]
        wait_until(
            lambda: server.client.get(f"/api/runs/{run}").json()["status"] == "finished",
            "the run didn't end",
            60,
        )
        modes = _modes(server.folder)
        written = {"filterscope.sqlite3-wal", "filterscope.sqlite3-shm", "filterscope.lock"}
        assert written < set(modes)
        assert [name for name in modes if name.startswith("cache/dead-leaves-")]
        assert not _open_to_others(tmp_path / "not")
    assert not _open_to_others(tmp_path / "not")


def test_what_an_older_version_left_open_is_closed_at_the_next_start(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    cached = tmp_path / "cache" / "traces" / "1-2.txt"
    cached.parent.mkdir(parents=True)
    for path in (cached, tmp_path / "server.url", tmp_path / "filterscope-run.gif"):
        path.touch()
    for path in (tmp_path, *tmp_path.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    with open_store(tmp_path):
        assert not _open_to_others(tmp_path)


def test_a_folder_that_holds_other_things_stays_open_but_the_runs_in_it_are_closed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    theirs = tmp_path / "lecture.pdf"
    theirs.touch()
    theirs.chmod(0o644)
    tmp_path.chmod(0o755)
    with caplog.at_level(logging.WARNING), open_store(tmp_path):
        assert _open_to_others(tmp_path) == {".": "0o755", "lecture.pdf": "0o644"}
    assert f"data folder {tmp_path} (mode 755)" in caplog.text
    assert "chmod 700" in caplog.text


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "data"
    outside.mkdir()
    outside.chmod(0o755)
    (outside / "notes").touch(0o644)
    folder.mkdir()
    (folder / "cache").symlink_to(outside)
    open_data_folder(folder)
    assert stat.S_IMODE(outside.stat().st_mode) == 0o755
    assert stat.S_IMODE((outside / "notes").stat().st_mode) & 0o044


def test_a_log_that_its_last_reader_takes_along_while_the_folder_is_looked_at_keeps_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "filterscope.sqlite3-wal"
    log.touch()
    access = os.access

    def accessed(path: Path, mode: int) -> bool:
        log.unlink(missing_ok=True)
        return access(path, mode)

    monkeypatch.setattr("os.access", accessed)
    open_data_folder(tmp_path)
    assert not log.exists()


@pytest.mark.skipif(not _IS_ROOT, reason="only root can be two users")
def test_a_stranger_cannot_hold_the_lock_and_so_stop_the_owners_start(
    entered_by_all: Path,
) -> None:
    folder = entered_by_all / "data"
    open_store(folder).close()
    folder.chmod(0o755)  # even where somebody opens the folder again
    holding = f': <"{folder}/filterscope.lock"'
    held = subprocess.run(["sh", "-c", holding], user=_NOBODY, capture_output=True, text=True)
    assert "denied" in held.stderr.lower()


_OPENED_BY_NOBODY = """
import os, sys
from pathlib import Path
from app.store import Store, StoreError
os.setuid(65534)
try:
    Store(Path(sys.argv[1]) / "filterscope.sqlite3", lambda *_: None).close()
except StoreError as problem:
    print(problem)
"""


@pytest.mark.skipif(not _IS_ROOT, reason="only root can be two users")
def test_a_strangers_lock_file_is_refused_by_name(entered_by_all: Path) -> None:
    entered_by_all.chmod(0o777)
    os.chown(entered_by_all, _NOBODY, -1)
    (entered_by_all / "filterscope.lock").touch()
    (entered_by_all / "filterscope.lock").chmod(0o666)
    os.chown(entered_by_all / "filterscope.lock", 12345, -1)
    program = [sys.executable, "-c", _OPENED_BY_NOBODY, str(entered_by_all)]
    said = subprocess.run(program, cwd=ROOT, capture_output=True, text=True).stdout
    assert "filterscope.lock belongs to another user (number 12345)" in said


_READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'


@pytest.mark.skipif(not _IS_ROOT, reason="root alone can mount a folder read-only")
@pytest.mark.parametrize(
    ("arguments", "is_used"),
    [
        (("serve", "--port", "0"), False),
        (("serve", "--port", "0"), True),
        (("train", "dead-leaves"), True),
    ],
)
def test_a_read_only_folder_is_said_in_a_sentence(
    tmp_path: Path, arguments: tuple[str, ...], is_used: bool
) -> None:
    if is_used:
        open_store(tmp_path).close()
    command = ["unshare", "--mount", "sh", "-c", _READ_ONLY, tmp_path, *CHECKOUT, *arguments]
    refused = subprocess.run(
        [str(word) for word in command],
        env={**os.environ, "FILTERSCOPE_DATA": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    if "unshare failed" in refused.stderr:
        pytest.skip("this machine allows no mounts of one's own")
    assert refused.returncode == 1
    assert f"the data folder {tmp_path} can't be written to" in refused.stderr
    assert "FILTERSCOPE_DATA" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
