"""A server whose runs do only what a test tells them to."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from app import main, trainers
from app.cli.server import Server, listen
from app.events import EncodedEvent
from app.recipe import Recipe
from app.settings import Settings
from app.store import Store
from app.workers.assignment import NotPossible
from tests.store.samples import new_run

READY_SECONDS = 30


class ScriptedSupervisor:
    """Stands in for the supervisor: notes what it is asked, trains nothing."""

    def __init__(self, **_arguments: Any) -> None:
        self.started: list[tuple[str, Recipe]] = []
        self.resumed: list[tuple[str, Recipe, int]] = []
        self.commands: list[tuple[str, dict[str, Any]]] = []
        self.answer: Exception | None = None
        self.trouble: str | None = None

    def open(self) -> None: ...

    def close(self, _timeout_seconds: float) -> None: ...

    def start(self, run_id: str, recipe: Recipe) -> None:
        self.started.append((run_id, recipe))

    def resume(
        self, run_id: str, recipe: Recipe, step: int, _seconds: float, *, of_sweep: bool
    ) -> "Future[None]":
        self.resumed.append((run_id, recipe, step))
        return self._answered()

    def command(self, run_id: str, **command: Any) -> "Future[None]":
        self.commands.append((run_id, command))
        return self._answered()

    def _answered(self) -> "Future[None]":
        asked: Future[None] = Future()
        if self.answer is None:
            asked.set_result(None)
        else:
            asked.set_exception(self.answer)
        return asked

    def refuse(self, reason: str) -> None:
        """From now on commands aren't possible."""
        self.answer = NotPossible(reason)


class ScriptedServer:
    """The web part over HTTP on a free port, in a thread; tests write its log themselves."""

    def __init__(self, server: Server, app: Any) -> None:
        self.app = app
        self.server = server
        self.url = server.url
        self.port = int(self.url.rpartition(":")[2])

    @property
    def store(self) -> Store:
        store: Store = self.app.state.services.store
        return store

    @property
    def supervisor(self) -> ScriptedSupervisor:
        supervisor: ScriptedSupervisor = self.app.state.services.supervisor
        return supervisor

    @property
    def hub(self) -> Any:
        return self.app.state.hub

    @contextmanager
    def counted_work(self) -> Iterator[list[object]]:
        """Gives a list that grows with each question that is worked out in the process aside."""
        aside = self.app.state.services.aside
        calls: list[object] = []
        run = aside.run

        def counted(*args: Any, **named: Any) -> Any:
            calls.append(args)
            return run(*args, **named)

        aside.run = counted
        try:
            yield calls
        finally:
            del aside.run

    def client(self, **arguments: Any) -> httpx.Client:
        options = {"timeout": 30, "trust_env": False, "verify": False}  # nothing here is https
        return httpx.Client(base_url=self.url, **{**options, **arguments})

    def create(self, run_id: str = "run", *told: EncodedEvent) -> str:
        self.store.create_run(new_run(run_id)).result()
        self.tell(run_id, *told)
        return run_id

    def tell(self, run_id: str, *told: EncodedEvent) -> None:
        """Appends to a run's log and waits until that is committed and published."""
        self.store.record(run_id, told, 1.0).result()


@contextmanager
def scripted_server(folder: Path, **changes: Any) -> Iterator[ScriptedServer]:
    """Opens one with its data in `folder` and `changes` to its settings."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trainers, "Supervisor", ScriptedSupervisor)
        settings = replace(Settings(data_folder=folder, disk_floor_bytes=0), **changes)
        app = main.create_app(settings)
        is_ready, listener = threading.Event(), listen("127.0.0.1", 0)
        server = Server(app, settings, listener, lambda _url: is_ready.set())
        thread = threading.Thread(target=server.run, args=([listener],), name="test-server")
        thread.start()
        try:
            assert is_ready.wait(READY_SECONDS)
            yield ScriptedServer(server, app)
        finally:
            app.state.hub.close()
            server.should_exit = True
            thread.join()
