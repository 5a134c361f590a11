"""What viewers got, held against what is on record, whatever became of the connections."""

import json
import random
import time
from pathlib import Path

import pytest

from app.events import wire_data
from app.store import Reading
from tests.reliability.fickle import FickleWatcher
from tests.reliability.ledger import assert_sound
from tests.reliability.scale import tries
from tests.reliability.small import small_recipe
from tests.running_server import RunningServer
from tests.waiting import wait_until

NAME = "filterscope.sqlite3"
VIEWERS = 6
MOST_EVENTS = 40  # between two departures
PATIENCE_SECONDS = 120


class Audience:
    """Viewers of one run on a server that is killed and started again."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.server: RunningServer | None = RunningServer(folder)
        body = small_recipe(steps=1_000_000).model_dump(exclude_none=True)
        self.run_id: str = self.server.client.post("/api/runs", json=body).json()["id"]
        self.viewers = [
            FickleWatcher(self.run_id, self.url, random.Random(chance.random()), MOST_EVENTS)
            for _ in range(VIEWERS)
        ]

    def url(self) -> str | None:
        return self.server.url if self.server else None

    @property
    def departures(self) -> int:
        return sum(viewer.departures for viewer in self.viewers)

    def kill_server(self) -> None:
        """From one instant to the next; and starts another."""
        server, self.server = self.server, None
        assert server is not None
        server.process.kill()
        server.stop()
        self.server = RunningServer(self.folder)

    def see_the_end(self) -> None:
        """Stops the run and lets everyone stay until it is told."""
        assert self.server is not None
        path = f"/api/runs/{self.run_id}"
        for viewer in self.viewers:
            viewer.stays = True
        wait_until(lambda: self.status() == "running", seconds=PATIENCE_SECONDS)
        assert self.server.client.patch(path, json={"status": "stopped"}).status_code == 200
        wait_until(lambda: all(viewer.is_over for viewer in self.viewers), seconds=PATIENCE_SECONDS)

    def status(self) -> str:
        assert self.server is not None
        status: str = self.server.client.get(f"/api/runs/{self.run_id}").json()["status"]
        return status

    def close(self) -> None:
        for viewer in self.viewers:
            viewer.leave()
        if self.server:
            self.server.stop()


def assert_cursors_agree(audience: Audience, chance: random.Random, last_seq: int) -> None:
    """Whoever comes back by header gets, byte for byte, what one gets by query."""
    assert audience.server is not None
    path = f"/api/runs/{audience.run_id}/events"
    for cursor in [0, last_seq, *(chance.randrange(last_seq) for _ in range(tries(4, 40)))]:
        by_query = audience.server.client.get(path, params={"after": cursor})
        by_header = audience.server.client.get(path, headers={"Last-Event-ID": str(cursor)})
        assert by_query.content == by_header.content
        assert by_query.text.count("\nid: ") == last_seq - cursor


@pytest.mark.slow
def test_every_viewer_gets_exactly_what_is_on_record_whatever_is_cut_or_killed(
    tmp_path: Path,
) -> None:
    chance = random.Random(8)
    kills, departures = tries(2, 10), tries(20, 50)
    audience = Audience(tmp_path, chance)
    try:
        for kill in range(kills):
            enough = departures * (kill + 1) / (kills + 1)
            wait_until(lambda: audience.departures >= enough, seconds=PATIENCE_SECONDS)  # noqa: B023  -- used at once
            time.sleep(chance.uniform(0, 0.3))  # the instant is the point
            audience.kill_server()
        wait_until(lambda: audience.departures >= departures, seconds=PATIENCE_SECONDS)
        audience.see_the_end()
        with Reading.beside(tmp_path / NAME) as reading:
            kept = reading_of(reading, audience.run_id)
        for viewer in audience.viewers:
            assert not viewer.problems
            assert viewer.seen == kept
        assert_cursors_agree(audience, chance, len(kept))
    finally:
        audience.close()
    assert_sound(tmp_path / NAME)


def reading_of(reading: Reading, run_id: str) -> list[tuple[int, str, object]]:
    """A run's events as they go over the wire."""
    told: list[tuple[int, str, object]] = []
    while more := reading.events_after(run_id, len(told), 1000):
        told += [(e.seq, e.kind, json.loads(wire_data(e.body, e.kernel))) for e in more]
    return told
