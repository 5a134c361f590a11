"""A viewer that never gives up: it notes every event it was sent, and asks for what follows."""

import contextlib
import threading
from collections.abc import Callable
from typing import Any

import httpx

from app.events import LAST_KINDS
from tests.web.sse import events_in


class Watcher:
    """Follows one run over any number of lost connections.

    `seen` are the events it got, as (seq, kind, data); `problems` what should never happen.
    """

    def __init__(self, run_id: str, url: Callable[[], str | None]) -> None:
        self.run_id = run_id
        self.seen: list[tuple[int, str, dict[str, Any]]] = []
        self.problems: list[str] = []
        self.is_over = False
        self._url = url
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def leave(self) -> None:
        """Ends it."""
        self._leaving.set()
        self._thread.join(30)

    def _watch(self) -> None:
        while not (self._leaving.is_set() or self.is_over):
            url = self._url()
            if url is None:
                self._leaving.wait(0.02)
                continue
            with contextlib.suppress(httpx.TransportError):
                self._follow(url)
            self._leaving.wait(0.05)

    def _follow(self, url: str) -> None:
        after = self.seen[-1][0] if self.seen else 0
        with (
            httpx.Client(base_url=url, timeout=30, trust_env=False) as client,
            client.stream(
                "GET", f"/api/runs/{self.run_id}/events", headers={"Last-Event-ID": str(after)}
            ) as answer,
        ):
            if answer.status_code != 200:
                if answer.status_code != 503:
                    answer.read()
                    self.problems.append(f"after {after}: {answer.status_code} {answer.text}")
                    self._leaving.set()
                return
            for event in events_in(answer.iter_lines()):
                if event.seq <= after:
                    self.problems.append(f"{event.seq} came after {after}")
                after = event.seq
                self.seen.append((event.seq, event.kind, event.data))
                self.is_over = event.kind in LAST_KINDS
                if self._leaving.is_set():
                    return
