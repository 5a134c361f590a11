"""A program that falls silent is noticed, and heard again when it is back, over restarts too."""

import asyncio
import time
from pathlib import Path
from typing import Any

from app.web.leases import Leases
from tests.external.program import packet, register, send, snapshot, steps
from tests.waiting import wait_until
from tests.web.scripted import ScriptedServer, scripted_server


def run_on(server: ScriptedServer, run: str) -> dict[str, Any]:
    with server.client() as client:
        told: dict[str, Any] = client.get(f"/api/runs/{run}").json()
    return told


def test_a_silent_program_is_said_to_be_and_goes_on_when_it_is_heard(tmp_path: Path) -> None:
    with scripted_server(tmp_path, silent_seconds=1.0) as server, server.client() as client:
        run = register(client).json()["id"]
        send(client, 1, packet([snapshot(0)]))
        heard = run_on(server, run)["last_heard_seconds"]
        assert 0 <= heard < 1.0
        wait_until(lambda: run_on(server, run)["status"] == "interrupted")
        assert run_on(server, run)["last_heard_seconds"] is None
        [silent] = server.store.bodies(run, "status_changed")
        assert (silent["status"], silent["cause"]) == ("interrupted", "silent")
        send(client, 2, packet([]))
        assert run_on(server, run)["status"] == "running", "a sign of life is enough"
        send(client, 2, packet([steps(1, 2)]))
        assert run_on(server, run)["step"] == 2


def test_nobody_is_silent_while_the_server_itself_stands_still() -> None:
    silent: list[str] = []

    async def note(run: str) -> None:
        silent.append(run)

    async def stand_still() -> None:
        leases = Leases(note, seconds=0.8)
        leases.open(["run"])
        await asyncio.sleep(0.1)
        time.sleep(1.2)  # as a whole process that is stopped
        await asyncio.sleep(0.1)
        assert silent == []
        assert leases.renew("run") < 0.8
        while not silent:
            await asyncio.sleep(0.05)
        await leases.aclose()

    asyncio.run(asyncio.wait_for(stand_still(), 30))


def test_after_a_restart_a_program_goes_on_where_it_was_and_one_that_died_is_silent(
    tmp_path: Path,
) -> None:
    other = "0" * 32
    with scripted_server(tmp_path) as server, server.client() as client:
        run = register(client).json()["id"]
        send(client, 1, packet([snapshot(0), steps(1, 3), snapshot(3)]))
        died = register(client, other).json()["id"]
        send(client, 1, packet([snapshot(0)]), other)
    with scripted_server(tmp_path, silent_seconds=1.5) as server, server.client() as client:
        assert run_on(server, run)["status"] == "running"
        again = register(client).json()
        assert (again["id"], again["next"]) == (run, 4)
        send(client, 4, packet([steps(4, 6), snapshot(6)]))
        wait_until(lambda: run_on(server, died)["status"] == "interrupted")
        send(client, 6, packet([{"kind": "end", "step": 6, "outcome": "finished"}]))
        assert run_on(server, run)["status"] == "finished"
        assert client.get(f"/api/runs/{run}/film").json()["steps"] == [0, 3, 6]
        assert client.get(f"/api/runs/{run}/metrics").json()["step"] == list(range(1, 7))
