"""Files of a program that began again are told as its attempts, once, and shut nobody out."""

from typing import Any

import httpx

from tests.external.program import packet, register, registration, send, snapshot, steps
from tests.web.scripted import scripted_server

FIRST, SECOND, THIRD = (letter * 16 for letter in "123")


def begin(http: httpx.Client, key: str, attempt: int, who: str, **more: Any) -> httpx.Response:
    said = {"attempt": attempt, "from_step": 0, "client": who, "recorded": True} | more
    return http.post(f"/api/external/{key}/attempts", json=said)


def move(
    http: httpx.Client, key: str, first: int, attempt: int, body: bytes, **more: Any
) -> httpx.Response:
    return http.put(
        f"/api/external/{key}/batches/{first}",
        params={"attempt": attempt, "renumbered": True, **more},
        content=body,
        headers={"Content-Type": "application/vnd.filterscope.batch"},
    )


def place(answer: httpx.Response) -> tuple[int, int, int]:
    assert answer.status_code in (200, 201), answer.text
    told = answer.json()
    return told["attempt"], told["first"], told["next"]


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_a_file_that_was_told_is_found_again_by_its_process(client: httpx.Client, key: str) -> None:
    assert place(register(client, key, client=FIRST, recorded=True)) == (1, 1, 1)
    send(client, 1, packet([snapshot(0), steps(1, 3), snapshot(3)], first=1, attempt=1), key)
    assert code(register(client, key, client=SECOND, recorded=True)) == (409, "attempt_taken")
    assert place(begin(client, key, 2, SECOND, from_step=2)) == (2, 4, 4)
    told = packet([steps(3, 6), snapshot(6)], first=1, attempt=1)
    assert move(client, key, 4, 2, told).json()["next"] == 6
    for _ in range(2):  # both files again, in any order
        assert place(register(client, key, client=SECOND, recorded=True)) == (2, 4, 6)
        assert place(register(client, key, client=FIRST, recorded=True)) == (1, 1, 4)
    assert place(begin(client, key, 3, THIRD, from_step=6)) == (3, 6, 6)
    assert place(register(client, key, client=SECOND, recorded=True)) == (2, 4, 6)
    run = register(client, key, client=THIRD, recorded=True).json()["id"]
    assert client.get(f"/api/runs/{run}/metrics").json()["step"] == list(range(1, 7))


def test_where_a_packet_goes_is_told_by_its_address_only_if_that_is_said(
    client: httpx.Client, key: str
) -> None:
    register(client, key, client=FIRST, recorded=True)
    body = packet([snapshot(0)], first=7, attempt=3)
    assert code(send(client, 1, body, key)) == (422, "invalid")
    assert move(client, key, 1, 1, body).json()["next"] == 2


def test_a_file_shuts_out_no_program_that_tells_its_run_just_now(
    client: httpx.Client, key: str
) -> None:
    run = register(client, key, client=SECOND).json()["id"]
    send(client, 1, packet([snapshot(0)]), key)
    assert code(register(client, key, client=FIRST, recorded=True)) == (409, "attempt_taken")
    refused = begin(client, key, 2, FIRST)
    assert code(refused) == (409, "run_live")
    assert "when it has ended" in refused.json()["error"]["message"]
    assert send(client, 2, packet([snapshot(1)]), key).json()["next"] == 3
    live = begin(client, key, 2, THIRD, recorded=False)
    assert live.status_code == 200, "another process of the program may go on, as ever"
    end = {"kind": "end", "step": 1, "outcome": "finished"}
    send(client, 3, packet([end]), key, attempt=2)
    assert begin(client, key, 3, FIRST).status_code == 200
    assert client.get(f"/api/runs/{run}").json()["status"] == "running"


def test_what_came_before_a_later_start_is_refused_in_words(client: httpx.Client, key: str) -> None:
    assert place(register(client, key, client=SECOND, recorded=True, from_step=300)) == (1, 1, 1)
    refused = begin(client, key, 2, FIRST, from_step=0)
    assert code(refused) == (409, "attempt_over")
    error = refused.json()["error"]
    assert (error["field"], error["limit"]) == ("from_step", 300)
    assert "the earlier one first" in error["message"]


def test_a_file_of_another_network_begins_nothing(client: httpx.Client, key: str) -> None:
    register(client, key, client=FIRST, recorded=True)
    layers = registration()["layers"][:1]
    other = register(client, key, client=SECOND, recorded=True, layers=layers)
    assert code(other) == (409, "other_network")


def test_who_told_what_outlives_the_server(tmp_path: Any, key: str) -> None:
    with scripted_server(tmp_path) as server, server.client() as http:
        register(http, key, client=FIRST, recorded=True)
        send(http, 1, packet([snapshot(0)]), key)
        begin(http, key, 2, SECOND, from_step=1)
    with scripted_server(tmp_path) as server, server.client() as http:
        assert place(register(http, key, client=FIRST, recorded=True)) == (1, 1, 2)
        assert place(register(http, key, client=SECOND, recorded=True)) == (2, 2, 2)
