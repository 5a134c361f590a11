"""After `salvage` programs elsewhere go on with their runs in the new folder."""

import uuid
from pathlib import Path

import apsw

from app.store.salvage import salvage
from tests.external.program import packet, register, send, snapshot, steps
from tests.web.scripted import scripted_server

OTHER = "fedcba9876543210"
LOST = (None, 4, 1)  # of each run an event, from which on nothing is kept


def test_programs_go_on_with_salvaged_runs(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    keys, deleted, runs = [uuid.uuid4().hex for _ in LOST], uuid.uuid4().hex, []
    with scripted_server(old) as server, server.client() as http:
        for key in keys:
            runs.append(register(http, key).json()["id"])
            send(http, 1, packet([snapshot(0), steps(1, 3), snapshot(3)]), key)
            attempt = {"attempt": 2, "from_step": 3, "client": OTHER}
            http.post(f"/api/external/{key}/attempts", json=attempt)
            send(http, 4, packet([steps(4, 6)]), key, attempt=2)
        gone = register(http, deleted).json()["id"]
        send(http, 1, packet([snapshot(0)]), deleted)
        http.delete(f"/api/runs/{gone}")
    with apsw.Connection(str(old / "filterscope.sqlite3")) as database:
        for number, seq in enumerate(LOST, start=1):
            database.execute("DELETE FROM events WHERE run = ? AND seq = ?", (number, seq))
    reports = {report.id: report for report in salvage(old, new)}
    assert [reports[run].is_whole for run in runs] == [True, False, False]
    with scripted_server(new) as server, server.client() as http:
        for key, run in zip(keys, runs, strict=True):
            sent = send(http, 5, packet([steps(7, 9), snapshot(9)]), key, attempt=2)
            assert (sent.status_code, sent.json()["next"]) == (200, 7), sent.text
            told = http.get(f"/api/runs/{run}").json()
            assert (told["status"], told["step"]) == ("running", 9)
            assert http.get(f"/api/runs/{run}/film").json()["steps"][-1] == 9
            found = register(http, key, recorded=True).json()
            assert (found["attempt"], found["next"]) == (1, 4), "who told what is known too"
        assert send(http, 2, packet([steps(1, 1)]), deleted).status_code == 410
