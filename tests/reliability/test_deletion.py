"""Deleting runs on a disk that is almost full: each succeeds, and its room is there again."""

import shutil
import time
from pathlib import Path

import pytest

from tests.reliability import small_disk
from tests.reliability.ledger import assert_sound
from tests.reliability.scale import tries
from tests.reliability.small_disk import SmallDisk
from tests.store.samples import finished, new_run, open_store, snapshot, started

NAME = "filterscope.sqlite3"
RUNS = tries(3, 20)
RUN_BYTES = tries(24, 64) * 1024**2
WAL_BYTES = 64 * 1024**2
SECONDS = 30

pytestmark = pytest.mark.skipif(not small_disk.can_be_made(), reason="can't mount a file system")


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of large runs that are over, and one small run."""
    folder = tmp_path_factory.mktemp("recorded")
    with open_store(folder) as store:
        for number in range(RUNS):
            run_id = f"run{number}"
            store.create_run(new_run(run_id)).result()
            store.record(run_id, [started()], 0).result()
            size = 400_000
            for step in range(RUN_BYTES // size):
                store.record(run_id, [snapshot(step, size=size)], 0).result()
            store.record(run_id, [finished(10)], 0).result()
        store.create_run(new_run("kept")).result()
        store.record("kept", [started(), snapshot(0), finished(1)], 0).result()
    (folder / "filterscope.lock").unlink()
    return folder


def test_with_two_fifths_of_a_run_free_it_is_deleted_and_its_room_comes_back(
    recorded: Path, tmp_path: Path
) -> None:
    size = (recorded / NAME).stat().st_size
    with SmallDisk(tmp_path, recorded, size + 2 * RUN_BYTES) as server:
        kept = server.client.get("/api/runs/kept/film").content
        longest_wal = 0
        for number in range(RUNS):
            server.leave_free(RUN_BYTES * 2 // 5)
            before, began = server.room_bytes, time.monotonic()
            answer = server.client.delete(f"/api/runs/run{number}")
            assert answer.status_code == 204, answer.text
            assert server.client.get(f"/api/runs/run{number}").status_code == 404
            while server.room_bytes - before < 0.95 * RUN_BYTES:
                assert time.monotonic() - began < SECONDS, "its room didn't come back"
                longest_wal = max(longest_wal, (server.disk / f"{NAME}-wal").stat().st_size)
                time.sleep(0.005)
        assert longest_wal <= WAL_BYTES
        assert server.client.get("/api/runs/kept/film").content == kept
        shutil.copy(server.disk / NAME, tmp_path)  # ours: what the server has there we can't see
    assert_sound(tmp_path / NAME)
