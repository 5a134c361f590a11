"""What a server without a cluster says of it, and to tasks of one that it had."""

import httpx

from app.web.access import may

LEASE = "0" * 32


def test_without_a_scheduler_runs_of_sweeps_train_here(asker: httpx.Client) -> None:
    assert asker.get("/api/cluster").json() == {
        "scheduler": None,
        "status": "none",
        "workers": 0,
        "threads": 0,
        "message": None,
    }


def test_a_task_whose_lease_nobody_knows_learns_that_it_isnt_wanted(asker: httpx.Client) -> None:
    said = {"version": "1", "host": "node", "process": 7, "worker": "tcp://a:1"}
    answer = asker.post(f"/api/cluster/tasks/{LEASE}/attempts", json=said)
    assert answer.status_code == 410
    assert answer.json()["error"]["code"] == "lease_over"
    asked = {"attempt": 1, "heard": 0, "goes_on": True}
    assert asker.post(f"/api/cluster/tasks/{LEASE}/questions", json=asked).status_code == 410
    report = asker.put(f"/api/cluster/tasks/{LEASE}/reports/1?attempt=1", content=b"FSC1")
    assert report.status_code == 410
    assert asker.post("/api/cluster/tasks/none/questions", json=asked).status_code == 422


def test_who_may_only_send_may_report_and_no_more() -> None:
    task = f"/api/cluster/tasks/{LEASE}"
    assert may("send", "POST", f"{task}/attempts")
    assert may("send", "POST", f"{task}/questions")
    assert may("send", "PUT", f"{task}/reports/7")
    assert not may("send", "GET", "/api/cluster")
    assert may("watch", "GET", "/api/cluster")
    assert not may("watch", "PUT", f"{task}/reports/7")
    assert not may("watch", "POST", f"{task}/attempts")
