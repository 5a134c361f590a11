"""The curves of long runs are kept while they are recorded, and go with their runs."""

from pathlib import Path

import httpx
import pytest

from app.curves import kept, kept_files
from app.web import kept_curves
from tests.store.samples import finished, started, steps
from tests.waiting import wait_until
from tests.web.scripted import ScriptedServer, scripted_server

LAST = 30_000


@pytest.fixture
def file(scripted: ScriptedServer) -> Path:
    """Where the curves of a run are kept."""
    folder: Path = scripted.app.state.settings.cache_folder
    return kept_files.file_of(folder, "run")


def record_long_run(scripted: ScriptedServer, last: int = LAST) -> None:
    scripted.create("run", started())
    for begin in range(0, last, 1_000):
        scripted.tell("run", steps(*range(begin + 1, begin + 1_001)))


def kept_steps(scripted: ScriptedServer, file: Path) -> int:
    columns = kept._read(file, scripted.store, "run")
    return len(columns.steps)


def test_a_long_run_has_its_file_when_it_ends_and_before(
    scripted: ScriptedServer, file: Path
) -> None:
    record_long_run(scripted)
    wait_until(file.exists)
    scripted.tell("run", finished(LAST))
    wait_until(lambda: kept_steps(scripted, file) == LAST)


def test_a_short_run_has_none(scripted: ScriptedServer, file: Path) -> None:
    asked: list[str] = []
    scripted.app.state.services.curves._ask = asked.append
    record_long_run(scripted, 2_000)
    scripted.tell("run", finished(2_000))
    assert not asked
    assert not file.exists()


def test_a_growing_run_is_kept_anew_by_quarters(scripted: ScriptedServer) -> None:
    asked: list[str] = []
    scripted.app.state.services.curves._ask = asked.append
    record_long_run(scripted, 60_000)
    wait_until(lambda: len(asked) >= 5)  # at 20, 25, 32, 40 and 50 thousand
    assert asked == ["run"] * 5


@pytest.mark.parametrize("way", ["one", "many"])
def test_what_was_kept_goes_with_its_run(
    scripted: ScriptedServer, client: httpx.Client, file: Path, way: str
) -> None:
    record_long_run(scripted)
    scripted.tell("run", finished(LAST))
    wait_until(lambda: file.exists() and kept_steps(scripted, file) == LAST)
    if way == "one":
        assert client.delete("/api/runs/run").status_code == 204
        assert not file.exists()
        return
    deletion = client.post("/api/deletions", json={"runs": ["run"]}).json()
    assert not file.exists()
    assert client.delete(f"/api/deletions/{deletion['id']}").status_code == 204
    told = client.get("/api/runs/run/metrics", params={"points": 50}).json()
    assert told["step"][-1] == LAST
    assert file.exists()


def test_a_file_made_while_its_run_is_deleted_is_gone_too(
    scripted: ScriptedServer, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_long_run(scripted)
    scripted.tell("run", finished(LAST))
    wait_until(lambda: file.exists() and kept_steps(scripted, file) == LAST)
    file.unlink()
    write = kept._write

    def deleted_meanwhile(*args: object) -> None:
        scripted.store.delete_run("run").result()
        write(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(kept, "_write", deleted_meanwhile)
    kept.columns_of(scripted.store, file.parent.parent, "run")
    assert not file.exists()


def test_what_earlier_servers_left_of_deleted_runs_goes_at_the_start(tmp_path: Path) -> None:
    with scripted_server(tmp_path) as server:
        server.create("there", started())
        folder: Path = server.app.state.settings.cache_folder / "curves"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("there.columns", "gone.columns", "now.new"):
        (folder / name).touch()
    with scripted_server(tmp_path):
        assert {path.name for path in folder.iterdir()} == {"there.columns", "now.new"}


def test_the_server_goes_on_where_curves_cannot_be_kept(
    scripted: ScriptedServer, client: httpx.Client, file: Path
) -> None:
    file.parent.parent.mkdir(parents=True, exist_ok=True)
    file.parent.write_text("a file where the folder would be")
    record_long_run(scripted)
    scripted.tell("run", finished(LAST))
    told = client.get("/api/runs/run/metrics", params={"points": 50}).json()
    assert told["step"][-1] == LAST
    assert kept_curves.FEWEST_STEPS < LAST
