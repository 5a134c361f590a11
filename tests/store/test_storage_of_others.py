"""A data folder or a file in it that isn't ours: one sentence, and the command that mends it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.contracts.repository import ROOT
from tests.running_server import CHECKOUT, RunningServer
from tests.store.samples import open_store

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be two users")

_NOBODY = 65534
_OPENED_BY_NOBODY = """
import os, sys
from pathlib import Path
from app.store import Store, StoreError
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
try:
    Store(Path(sys.argv[1]) / "filterscope.sqlite3", lambda *_: None).close()
except StoreError as problem:
    print(problem)
else:
    print("opened")
"""


@pytest.fixture
def theirs() -> Iterator[Path]:
    """A folder that nobody's server has used, in one into which every user may look."""
    parent = Path(tempfile.mkdtemp())
    parent.chmod(0o755)
    folder = parent / "data of mine"
    open_store(folder).close()
    (folder / "cache").mkdir()
    for path in (folder, *folder.rglob("*")):
        os.chown(path, _NOBODY, _NOBODY)
    yield folder
    shutil.rmtree(parent)


def said_to_nobody(folder: Path) -> str:
    program = [sys.executable, "-c", _OPENED_BY_NOBODY, str(folder)]
    told = subprocess.run(program, cwd=ROOT, capture_output=True, text=True)
    assert "Traceback" not in told.stderr
    return told.stdout.strip()


def given_to_root(name: str, mode: int = 0o644) -> Callable[[Path], None]:
    def give(folder: Path) -> None:
        path = folder / name
        if not path.exists():
            path.touch()
        os.chown(path, 0, 0)
        path.chmod(mode)

    return give


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (given_to_root(".", 0o755), "belongs to root; “sudo chown -R nobody '"),
        (given_to_root("filterscope.sqlite3"), "filterscope.sqlite3 belongs to root"),
        (given_to_root("filterscope.sqlite3", 0o600), "filterscope.sqlite3 belongs to root"),
        (given_to_root("filterscope.lock"), "filterscope.lock belongs to root"),
        (given_to_root("filterscope.sqlite3-wal"), "filterscope.sqlite3-wal belongs to root"),
        (given_to_root("cache", 0o700), "cache belongs to root"),
        (
            lambda folder: (folder / "filterscope.lock").chmod(0o444),
            "lock is closed to you; “chmod",
        ),
    ],
)
def test_what_belongs_to_another_is_named_with_the_command_that_mends_it(
    theirs: Path, spoil: Callable[[Path], None], words: str
) -> None:
    assert said_to_nobody(theirs) == "opened"
    spoil(theirs)
    told = said_to_nobody(theirs)
    assert words in told
    assert told.startswith(f"the data folder {theirs} can't be written to: ")
    assert told.endswith("or point FILTERSCOPE_DATA at another folder")


def test_a_folder_that_can_t_be_made_and_a_file_in_its_place_are_told_apart(theirs: Path) -> None:
    told = said_to_nobody(theirs.parent / "new" / "data")
    assert f"“sudo install -d -m 700 -o nobody {theirs.parent}/new/data”" in told
    (theirs.parent / "file").touch()
    assert f"{theirs.parent}/file is a file; move it away" in said_to_nobody(theirs.parent / "file")


_FULL = 'mount -t tmpfs -o size=64k tmpfs "$0"; head -c 64k /dev/zero >"$0/fill"; exec "$@"'


def test_a_full_disk_is_said_in_a_sentence(tmp_path: Path) -> None:
    serve = [*CHECKOUT, "serve", "--port", "0"]
    refused = subprocess.run(
        ["unshare", "--mount", "sh", "-c", _FULL, str(tmp_path), *serve],
        env={**os.environ, "FILTERSCOPE_DATA": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    if "unshare failed" in refused.stderr:
        pytest.skip("this machine allows no mounts of one's own")
    assert refused.returncode == 1
    assert "its disk is full; make room (“df -h " in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_refusal_of_a_second_server_says_where_the_first_is(tmp_path: Path) -> None:
    with RunningServer(tmp_path) as server:
        second = subprocess.run(
            [*CHECKOUT, "serve", "--port", "0"],
            env={**os.environ, "FILTERSCOPE_DATA": str(tmp_path)},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert second.returncode == 1
        assert f"It is at {server.url}." in second.stderr
