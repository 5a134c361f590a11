"""A viewer that leaves at any moment and comes back, now by header, now by query."""

import json
import random
from collections.abc import Callable

import httpx

from app.events import LAST_KINDS
from tests.reliability.watcher import Watcher
from tests.web.sse import events_in


class FickleWatcher(Watcher):
    """Follows one run; hangs up after a few events each time, until it is told to stay.

    `departures` counts how often it left of itself.
    """

    def __init__(
        self, run_id: str, url: Callable[[], str | None], chance: random.Random, most_events: int
    ) -> None:
        self.departures = 0
        self.stays = False
        self._chance = chance
        self._most_events = most_events
        super().__init__(run_id, url)

    def _follow(self, url: str) -> None:
        after = self.seen[-1][0] if self.seen else 0
        patience = self._chance.randint(0, self._most_events)
        asked: dict[str, dict[str, str]] = self._chance.choice(
            [
                {"headers": {"Last-Event-ID": str(after)}},
                {"params": {"after": str(after)}},
                {"headers": {"Last-Event-ID": str(after)}, "params": {"after": "0"}},
            ]
        )
        path = f"/api/runs/{self.run_id}/events"
        with (
            httpx.Client(base_url=url, timeout=30, trust_env=False) as client,
            client.stream("GET", path, **asked) as answer,  # type: ignore[arg-type]
        ):
            if answer.status_code != 200:
                return
            for event in events_in(answer.iter_lines()):
                if patience <= 0 and not self.stays:
                    self.departures += 1
                    return
                patience -= 1
                if event.seq != after + 1:
                    self.problems.append(f"{event.seq} came after {after}: {json.dumps(asked)}")
                after = event.seq
                self.seen.append((event.seq, event.kind, event.data))
                self.is_over = event.kind in LAST_KINDS
