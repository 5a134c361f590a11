"""`POST /api/check`: a run's health, over the interface."""

import httpx
import pytest


def test_a_short_run_is_checked_against_its_own_start(asker: httpx.Client) -> None:
    told = asker.post("/api/check", json={"run": "latest"}).json()
    rules = {(check["layer"], check["rule"]): check for check in told["checks"]}
    assert ("conv1", "learned") in rules
    assert rules["conv1", "learned"]["outcome"] == "passed"
    assert rules["conv1", "finite"]["outcome"] == "passed"
    assert told["verdict"] in ("healthy", "broken")
    assert sum(told["counts"].values()) == len(told["checks"])


def test_its_first_snapshot_has_not_learned_anything_that_is_known(asker: httpx.Client) -> None:
    told = asker.post("/api/check", json={"run": "run", "step": "first"}).json()
    learned = {check["outcome"] for check in told["checks"] if check["rule"] == "learned"}
    assert learned == {"skipped"}
    asked = {"run": "run", "step": "first", "against": "run@first", "min_oriented": 0.99}
    against = asker.post("/api/check", json=asked).json()
    told = {check["rule"]: check["outcome"] for check in against["checks"]}
    assert (told["learned"], told["oriented"]) == ("failed", "failed")
    assert against["verdict"] == "broken"


@pytest.mark.parametrize(
    ("asked", "status", "field"),
    [
        ({"run": "gone"}, 404, "run"),
        ({"run": "run", "against": "gone@first"}, 404, "against"),
        ({"run": "run", "step": "9999"}, 404, "step"),
        ({"run": "run", "max_dead": 2}, 422, "max_dead"),
        ({"run": "run", "max_ded": 0.1}, 422, "max_ded"),
        ({}, 422, "run"),
    ],
)
def test_what_can_t_be_checked_is_named(
    asker: httpx.Client, asked: dict[str, object], status: int, field: str
) -> None:
    answer = asker.post("/api/check", json=asked)
    assert (answer.status_code, answer.json()["error"]["field"]) == (status, field)
