"""The whole server without a socket or a process: to be asked, crashed and opened again."""

import asyncio
import shutil
import threading
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeVar

import httpx

from app.main import create_app
from app.settings import Settings
from app.workers.supervisor import Supervisor

_PATIENCE_SECONDS = 60
_NAME = "filterscope.sqlite3"

Result = TypeVar("Result")


class InnerServer:
    """Opened on a folder; asked through ASGI by one client, on an event loop of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._open = AsyncExitStack()
        self.app: Any = None

    def open(self, **changes: Any) -> None:
        """Starts a server on the folder."""
        settings = Settings(data_folder=self.folder, disk_floor_bytes=0, runs_at_once=2, **changes)
        self.app = create_app(settings)
        self._wait(self._enter())

    def close(self) -> None:
        """Ends it in an orderly way."""
        self._wait(self._open.aclose())

    def crash(self, elsewhere: Path) -> None:
        """What is on disk at this instant becomes the folder; the server's later words are lost."""
        store = self.app.state.services.store

        def copy(_writer: object) -> None:  # in the writing thread, so that nothing moves
            elsewhere.mkdir()
            for file in self.folder.glob(f"{_NAME}*"):
                if not file.name.endswith("-shm"):
                    shutil.copy(file, elsewhere / file.name)

        store._recorder.submit(copy).result(_PATIENCE_SECONDS)
        self.close()
        shutil.rmtree(self.folder)
        self.folder = elsewhere

    def end(self) -> None:
        """Ends the event loop too."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_PATIENCE_SECONDS)
        self._loop.close()

    def ask(self, method: str, path: str, body: object = None) -> httpx.Response:
        """One request."""
        return self.ask_all([(method, path, body)])[0]

    def ask_all(self, requests: list[tuple[str, str, object]]) -> list[httpx.Response]:
        """Some requests at the same time."""
        return self._wait(self._together(requests))

    @property
    def supervisor(self) -> Supervisor:
        supervisor: Supervisor = self.app.state.services.supervisor
        return supervisor

    async def _together(self, requests: list[tuple[str, str, object]]) -> list[httpx.Response]:
        asked = [self._client.request(how, path, json=body) for how, path, body in requests]
        return await asyncio.gather(*asked)

    async def _enter(self) -> None:
        self._open = AsyncExitStack()
        await self._open.enter_async_context(self.app.router.lifespan_context(self.app))
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000")
        self._client = await self._open.enter_async_context(client)

    def _wait(self, work: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_PATIENCE_SECONDS)
