"""What a page has asked for and not yet got."""

import time

from playwright.sync_api import Page, Request

# What is done later is done when nothing else is to be done.
_IDLE = "new Promise((f) => requestAnimationFrame(() => requestIdleCallback(f, { timeout: 500 })))"
_ROUNDS = 5


class PendingRequests:
    """The requests of `page` without an answer, from now on.

    Not counted are streams, which never end, and the worker that listens to them, of whose coming
    Playwright doesn't tell.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._pending: set[Request] = set()
        page.on("request", self._add)
        page.on("requestfinished", self._remove)
        page.on("requestfailed", self._remove)

    def wait_for_none(self, seconds: float) -> None:
        """Waits until all has come, and what came has asked for nothing more."""
        late, quiet = time.monotonic() + seconds, 0
        while quiet < _ROUNDS:
            assert time.monotonic() < late, [request.url for request in self._pending]
            quiet = 0 if self._pending else quiet + 1
            self._page.evaluate(_IDLE)

    def _add(self, request: Request) -> None:
        if request.resource_type != "eventsource" and "/worker.js" not in request.url:
            self._pending.add(request)

    def _remove(self, request: Request) -> None:
        self._pending.discard(request)
