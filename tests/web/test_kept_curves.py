"""The curves of long runs are kept while they are recorded, and go with their runs."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest

from app.curves import kept, kept_files
from app.events import StatusChanged, encode
from app.settings import Settings
from app.store import DataDamaged, Store
from app.web import kept_curves
from app.web.aside import Aside
from app.web.kept_curves import KeptCurves
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


class Helper:
    """Stands in for the process aside: notes whose curves it is to keep, until it may go on."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.clients: set[str] = set()
        self.may_go_on = asyncio.Event()
        self.problem: Exception | None = None

    async def run(self, *args: Any, client: str = "", patience_seconds: float) -> None:
        """Is what curves are kept by."""
        assert patience_seconds
        self.asked.append(args[-1])
        self.clients.add(client)
        await self.may_go_on.wait()
        if self.problem is not None:
            raise self.problem


Tried = Callable[[Callable[[KeptCurves, Helper], Coroutine[Any, Any, None]]], None]


@pytest.fixture
def tried(tmp_path: Path) -> Tried:
    """Tries something with curves that are kept by a `Helper`."""

    async def opened(what: Callable[[KeptCurves, Helper], Coroutine[Any, Any, None]]) -> None:
        curves, helper = KeptCurves(Settings(data_folder=tmp_path)), Helper()
        await curves.open(cast(Store, None), cast(Aside, helper))
        try:
            await what(curves, helper)
        finally:
            await curves.aclose()

    return lambda what: asyncio.run(opened(what))


async def soon() -> None:
    """Lets everything happen that waits for nothing."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_one_run_at_a_time_is_kept_and_each_once_however_often_it_grew(tried: Tried) -> None:
    async def grown(curves: KeptCurves, helper: Helper) -> None:
        for name in ("one", "two", "one", "two", "one"):
            curves.note(name, [(1, finished(LAST))])
            await soon()
        assert helper.asked == ["one"]
        helper.may_go_on.set()
        await soon()
        assert helper.asked == ["one", "two", "one"]
        assert helper.clients == {kept_curves.OWN}

    tried(grown)


def test_what_is_recorded_after_it_was_closed_is_not_kept(tried: Tried) -> None:
    async def closed(curves: KeptCurves, helper: Helper) -> None:
        curves.note("one", [(1, finished(LAST))])
        await soon()
        await curves.aclose()
        curves.note("two", [(1, finished(LAST))])
        await soon()
        assert helper.asked == ["one"]
        assert len(asyncio.all_tasks()) == 1  # the test's own

    tried(closed)


def test_the_next_run_is_kept_whatever_went_wrong_with_the_one_before(
    tried: Tried, caplog: pytest.LogCaptureFixture
) -> None:
    async def failed(curves: KeptCurves, helper: Helper) -> None:
        helper.may_go_on.set()
        helper.problem = MemoryError("too much")
        for name in ("one", "two"):
            curves.note(name, [(1, finished(LAST))])
        await soon()
        assert helper.asked == ["one", "two"]

    tried(failed)
    assert "the curves of run one aren't kept" in caplog.text


def test_nothing_is_remembered_of_runs_that_ended_were_interrupted_or_deleted(
    tried: Tried,
) -> None:
    async def gone(curves: KeptCurves, _helper: Helper) -> None:
        interrupted = encode(StatusChanged(step=LAST, status="interrupted"), LAST)
        for name in ("ended", "interrupted", "deleted"):
            curves.note(name, [(1, steps(LAST))])
        assert len(curves._due) == 3
        curves.note("ended", [(2, finished(LAST))])
        curves.note("interrupted", [(2, interrupted)])
        await curves.forget(["deleted"])
        assert not curves._due

    tried(gone)


def test_a_run_that_is_damaged_keeps_its_file_and_the_others_are_tidied(
    tried: Tried, tmp_path: Path
) -> None:
    asked: list[str] = []

    def first_is_damaged(run_id: str) -> None:
        asked.append(run_id)
        if len(asked) == 1:
            raise DataDamaged(run_id, "its entry")

    async def opened(curves: KeptCurves, helper: Helper) -> None:
        folder = Settings(data_folder=tmp_path).cache_folder / "curves"
        folder.mkdir(parents=True)
        for name in ("one", "two", "three"):
            (folder / f"{name}.columns").touch()
        store: Any = SimpleNamespace(run=first_is_damaged)
        await curves.open(store, cast(Aside, helper))
        assert [path.stem for path in folder.iterdir()] == asked[:1]

    tried(opened)
