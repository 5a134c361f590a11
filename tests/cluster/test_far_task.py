"""A task on another machine: fetches pictures of one's own, and reports what exceeds a request."""

import asyncio
import os
import threading
import weakref
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any, cast

import httpx
import pytest

from app import main, trainers
from app.cli.server import Server, listen
from app.cluster.notices import ClusterState
from app.cluster.remote_session import trained
from app.cluster.report_wire import PIECE_BYTES
from app.cluster.scheduler_link import SchedulerLink
from app.external.packets import LARGEST_PACKET_BYTES
from app.kept_pictures import KeptPictures, all_kept
from app.settings import Settings
from app.store import Store
from app.training import data
from app.web import cluster, cluster_tasks, report_pieces
from app.web.cluster_tasks import ClusterTasks
from app.web.problems import Problem
from app.web.report_pieces import Piece, ReportPieces
from app.web.room import Room
from tests.gathering.samples import as_folder, gathered, two_classes
from tests.reliability.small import small_recipe
from tests.waiting import wait_until
from tests.web.scripted import READY_SECONDS

LAYERS = [
    {"type": "conv2d", "filters": 4, "kernel_size": 5, "activation": "relu"},
    {"type": "global_average_pool2d"},
    {"type": "dense", "units": 2},
]
PETS = {"preset": "dead-leaves", "layers": LAYERS, "batch_size": 8, "steps": 3}


class _NearLink(SchedulerLink):
    """Trains in threads of this process what a scheduler would give to machines elsewhere."""

    def open(
        self,
        lose: Callable[[str, str], None],
        place: Callable[[str, str | None], None],
        ring: Callable[[], None],
    ) -> None:
        self._ring = ring
        self._note(ClusterState(1, 1))

    def submit(self, lease: str) -> None:
        where = self.where
        task = (where.server, where.token, lease, "tcp://a:1")
        threading.Thread(target=trained, args=task).start()

    def close(self, deadline: float) -> None:
        pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the server; `far` beside it is that of the machine elsewhere."""
    return tmp_path_factory.mktemp("near")


@pytest.fixture(scope="module")
def client(folder: Path, cache_folder: Path) -> Iterator[httpx.Client]:
    far, listener, is_ready = folder / "far", listen("127.0.0.1", 0), threading.Event()
    far.mkdir()
    (far / "cache").symlink_to(cache_folder)
    settings = Settings(data_folder=folder, scheduler="tcp://127.0.0.1:1", disk_floor_bytes=0)
    settings = replace(settings, port=listener.getsockname()[1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FILTERSCOPE_DATA", str(far))
        patch.setattr(trainers, "SchedulerLink", _NearLink)
        app = main.create_app(settings)
        server = Server(app, settings, listener, lambda _url: is_ready.set())
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            assert is_ready.wait(READY_SECONDS)
            with httpx.Client(base_url=server.url, timeout=30, trust_env=False) as client:
                yield client
        finally:
            app.state.hub.close()
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def pets(folder: Path) -> KeptPictures:
    return gathered(as_folder(folder / "pets", two_classes(20)), folder / "pictures", "pets")


def _swept(client: httpx.Client, base: dict[str, Any]) -> dict[str, Any]:
    axes = [{"field": "layers.0.filters", "values": [4]}]
    made = client.post("/api/sweeps", json={"base": base, "axes": axes, "seeds": [0]})
    assert made.status_code == 201, made.text
    path = made.headers["Location"]
    wait_until(lambda: client.get(path).json()["status"] == "finished", "it doesn't end", 60)
    run: dict[str, Any] = client.get("/api/runs/latest").json()
    return run


def test_pictures_that_are_damaged_end_the_run_with_a_sentence(
    client: httpx.Client, folder: Path, pets: KeptPictures
) -> None:
    images = folder / "pictures" / pets.digest[:16] / "images.npy"
    with _away(images):
        run = _swept(client, {**PETS, "dataset": pets.reference})
    assert run["status"] == "failed"
    assert "the run's pictures can't be fetched from the server" in run["error"]["message"]


def test_pictures_of_ones_own_are_fetched_once_and_are_the_same_to_the_byte(
    client: httpx.Client, folder: Path, pets: KeptPictures
) -> None:
    left = folder / "far" / "pictures" / ".adding-by-one-that-was-killed"
    left.mkdir(parents=True)
    os.utime(left, (0, 0))
    run = _swept(client, {**PETS, "dataset": pets.reference})
    assert (run["status"], run["error"]) == ("finished", None)
    assert all_kept(folder / "far" / "pictures") == [pets]
    assert not list((folder / "far" / "pictures").glob(".*"))
    with _away(folder / "pictures" / pets.digest[:16] / "images.npy"):
        assert _swept(client, {**PETS, "dataset": pets.reference})["status"] == "finished"


@pytest.mark.parametrize("name", ["images.npy", "labels.npy", "about.json"])
def test_pictures_damaged_on_the_machine_elsewhere_are_fetched_once_more(
    client: httpx.Client, folder: Path, pets: KeptPictures, name: str
) -> None:
    recipe = {**PETS, "dataset": pets.reference}
    assert _swept(client, recipe)["status"] == "finished"
    far = folder / "far" / "pictures" / pets.digest[:16] / name
    whole = far.read_bytes()
    far.unlink()  # not changed where it lies, for this process has it mapped
    far.write_bytes(whole[: len(whole) // 2])
    data.forget()  # as a new training's process would
    run = _swept(client, recipe)
    assert (run["status"], run["error"]) == ("finished", None)
    assert far.read_bytes() == whole
    assert not list((folder / "far" / "pictures").glob(".*"))


@contextmanager
def _away(path: Path) -> Iterator[None]:
    elsewhere = path.rename(path.with_suffix(".away"))
    yield
    elsewhere.rename(path)


def test_a_state_of_training_larger_than_a_request_is_kept(client: httpx.Client) -> None:
    layers = [
        {"type": "conv2d", "filters": 4, "kernel_size": 5, "strides": 2},
        {"type": "flatten"},
        {"type": "dense", "units": 1000},
        {"type": "dense", "units": 10},
    ]
    recipe = small_recipe(layers=layers, steps=2)
    assert 3 * 4 * recipe.parameters > LARGEST_PACKET_BYTES  # Adam remembers two for each
    run = _swept(client, recipe.model_dump(exclude_none=True))
    assert run["status"] == "finished", run["error"]
    assert client.patch(f"/api/runs/{run['id']}", json={"total_steps": 3}).is_success


@pytest.fixture
def pieces(tmp_path: Path) -> Iterator[ReportPieces]:
    pieces = ReportPieces(tmp_path)
    yield pieces
    pieces.forget(pieces.leases)


def _add(pieces: ReportPieces, lease: str, piece: Piece, body: bytes) -> bool:
    return asyncio.run(pieces.add(lease, piece, body))


async def _whole(pieces: ReportPieces, lease: str) -> bytes:
    async with pieces.whole(lease) as report:
        return report


def test_pieces_become_a_report_with_the_last(pieces: ReportPieces) -> None:
    assert not _add(pieces, "a", Piece(1, 7, 0, 2), b"one ")
    assert not _add(pieces, "b", Piece(1, 7, 0, 2), b"other")
    assert _add(pieces, "a", Piece(1, 7, 1, 2), b"two")
    assert asyncio.run(_whole(pieces, "a")) == b"one two"
    assert pieces.leases == ["b"]
    with pytest.raises(Problem):  # not all of it has come
        asyncio.run(_whole(pieces, "b"))
    assert pieces.leases == []


def test_of_large_reports_one_is_in_memory_at_a_time_and_those_that_wait_lie_on_the_disk(
    pieces: ReportPieces, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[IO[bytes]] = []
    monkeypatch.setattr(report_pieces, "_WORKING_BYTES", 8)
    monkeypatch.setattr(report_pieces, "_read", lambda file: read.append(file) or b"")

    async def both() -> None:
        enough = asyncio.Event()

        async def worked_on(lease: str) -> None:
            async with pieces.whole(lease):
                await enough.wait()

        for lease, size in {"small": 3, "large": 20, "last": 3}.items():
            await pieces.add(lease, Piece(1, 7, 0, 1), bytes(size))
        working = [asyncio.create_task(worked_on(lease)) for lease in pieces.leases]
        while len(pieces._working._line) < 2 or not read:
            await asyncio.sleep(0.001)
        assert len(read) == 1
        enough.set()
        await asyncio.gather(*working)
        assert len(read) == 3

    pieces._working = Room(8, 4, 60.0)
    asyncio.run(both())


def test_a_report_has_room_for_the_copy_that_is_made_to_read_it(
    pieces: ReportPieces, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_pieces, "_WORKING_BYTES", 100)
    pieces._working = Room(100, 4, 60.0)

    async def worked_on() -> None:
        await pieces.add("a", Piece(1, 7, 0, 1), bytes(30))
        async with pieces.whole("a"):
            assert pieces._working._free == 40

    asyncio.run(worked_on())


class _Body:
    """Stands in for bytes, of which it can't be told whether anybody still has them."""


def test_the_last_piece_is_let_go_before_its_room_is_given_back() -> None:
    held: list[weakref.ref[_Body]] = []

    @asynccontextmanager
    async def body(_request: object, _size: int) -> AsyncIterator[_Body]:
        held.append(weakref.ref(there := _Body()))
        yield there
        del there

    async def take(*_args: object) -> None: ...

    async def take_whole(*_args: object) -> list[object]:
        assert held[0]() is None
        return []

    tasks = SimpleNamespace(take=take, take_whole=take_whole)
    ingest = SimpleNamespace(reception=SimpleNamespace(body=body))
    services: Any = SimpleNamespace(tasks=tasks, ingest=ingest)
    request: Any = SimpleNamespace(headers={})
    said = asyncio.run(cluster.take_report("0" * 32, 7, request, services, 1, 0, 1, 2))
    assert said == {"said": []}


def test_a_report_is_let_go_once_it_is_read(
    pieces: ReportPieces, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[weakref.ref[_Body]] = []

    def read(_file: object) -> _Body:
        held.append(weakref.ref(there := _Body()))
        return there

    async def recorded(*_args: object) -> list[object]:
        async with asyncio.timeout(5):
            while held[0]() is not None:  # the thread that read it may be about to let go
                await asyncio.sleep(0)
        return []

    monkeypatch.setattr(report_pieces, "_read", read)
    monkeypatch.setattr(cluster_tasks, "_read", lambda _body, _run_id: None)
    worker = SimpleNamespace(mail=SimpleNamespace(job=SimpleNamespace(run_id="run")))
    pool: Any = SimpleNamespace(find=lambda _lease: worker)
    tasks = ClusterTasks(cast(Store, None), pool, Path())
    tasks._pieces = pieces
    monkeypatch.setattr(tasks, "_recorded", recorded)
    _add(pieces, "a", Piece(1, 7, 0, 1), b"one")
    assert asyncio.run(tasks.take_whole("a", Piece(1, 7, 0, 1), 0)) == []


def test_a_piece_larger_than_pieces_are_is_refused(pieces: ReportPieces) -> None:
    with pytest.raises(Problem) as refused:
        _add(pieces, "a", Piece(1, 7, 0, 2), bytes(PIECE_BYTES + 1))
    assert (refused.value.status, pieces.leases) == (413, [])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_told(pieces: ReportPieces, monkeypatch: pytest.MonkeyPatch) -> None:
    full = partial(open, "/dev/full", "wb", buffering=0)
    monkeypatch.setattr("app.web.report_pieces.file_without_name", lambda _folder: full())
    with pytest.raises(Problem) as refused:
        _add(pieces, "a", Piece(1, 7, 0, 2), b"one")
    assert (refused.value.status, refused.value.detail.code) == (503, "disk_full")
    pieces.forget(["a"])


@pytest.mark.parametrize(
    "piece", [Piece(1, 7, 2, 3), Piece(2, 7, 1, 3), Piece(1, 8, 1, 3), Piece(1, 7, 1, 4)]
)
def test_a_piece_of_another_report_has_it_begin_again(pieces: ReportPieces, piece: Piece) -> None:
    _add(pieces, "a", Piece(1, 7, 0, 3), b"one")
    with pytest.raises(Problem) as refused:
        _add(pieces, "a", piece, b"two")
    assert refused.value.status == 503
    for at in range(2):
        assert not _add(pieces, "a", Piece(1, 7, at, 3), b"x")
    assert _add(pieces, "a", Piece(1, 7, 2, 3), b"x")
    assert asyncio.run(_whole(pieces, "a")) == b"xxx"
