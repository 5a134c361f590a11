"""What a program elsewhere tells of its training is taken in once, in order, and on disk."""

import base64
import uuid

import httpx
import numpy as np
import pytest

from app.external.packets import LARGEST_PACKET_BYTES, MEDIA_TYPE
from app.settings import Settings
from tests.external.program import (
    KEY,
    SECOND_SHAPE,
    SHAPE,
    arrays_of,
    kernel,
    packet,
    register,
    registration,
    send,
    snapshot,
    steps,
)


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_a_run_is_registered_once_whatever_the_spelling_of_its_key(client: httpx.Client) -> None:
    answer = register(client)
    assert answer.status_code == 201
    told = answer.json()
    assert told == {"id": told["id"], "url": f"/runs/{told['id']}", "next": 1, "attempt": 1} | {
        "first": 1,
        "wanted": [],
    }
    again = register(client, KEY.replace("-", "").upper())
    assert (again.status_code, again.json()) == (200, told)
    run = client.get(f"/api/runs/{told['id']}").json()
    assert (run["source"], run["name"], run["status"]) == ("watched", "My network", "queued")
    assert run["layers"] == ["conv1", "conv2"]
    assert [layer["title"] for layer in run["described"]["layers"]] == ["stem", "layer1.conv"]


def test_what_is_acknowledged_is_told_as_of_any_run(client: httpx.Client, key: str) -> None:
    run = register(client, key).json()["id"]
    first = packet([snapshot(0)])
    assert send(client, 1, first, key).json() == {"next": 2, "wanted": [], "alerts": []}
    items = [steps(1, 3), snapshot(3), {"kind": "evaluated", "step": 3, "loss": 0.5}]
    assert send(client, 2, packet(items), key).json()["next"] == 5
    told = client.get(f"/api/runs/{run}").json()
    assert (told["status"], told["step"]) == ("running", 3)
    assert told["metrics"]["loss"] == pytest.approx(1 / 4)
    film = client.get(f"/api/runs/{run}/film").json()
    assert film["steps"] == [0, 3]
    frames = np.frombuffer(base64.b64decode(film["kernels"]["bdata"]), "<f4")
    assert np.array_equal(frames.reshape(2, *SHAPE), [kernel(0), kernel(3)])
    end = packet([{"kind": "end", "step": 3, "outcome": "finished"}])
    assert send(client, 5, end, key).json()["next"] == 6
    assert client.get(f"/api/runs/{run}").json()["status"] == "finished"


def test_what_comes_twice_counts_once_and_what_is_missing_is_asked_for(
    client: httpx.Client, key: str
) -> None:
    run = register(client, key).json()["id"]
    send(client, 1, packet([snapshot(0)]), key)
    last_seq = client.get(f"/api/runs/{run}").json()["last_seq"]
    assert send(client, 1, packet([snapshot(0)]), key).json()["next"] == 2
    assert client.get(f"/api/runs/{run}").json()["last_seq"] == last_seq
    overlapping = packet([snapshot(0), steps(1, 1), snapshot(1)])
    assert send(client, 1, overlapping, key).json()["next"] == 4
    assert client.get(f"/api/runs/{run}/film").json()["steps"] == [0, 1]
    gap = send(client, 9, packet([snapshot(2)]), key)
    assert code(gap) == (409, "gap")
    assert gap.json()["error"]["limit"] == 4
    assert register(client, key).json()["next"] == 4, "after a crash it says where to go on"


def test_a_program_that_begins_again_shuts_the_one_before_out(
    client: httpx.Client, key: str
) -> None:
    run = register(client, key).json()["id"]
    send(client, 1, packet([snapshot(0), steps(1, 10), snapshot(10)]), key)
    other = register(client, key, client="fedcba9876543210")
    assert code(other) == (409, "attempt_taken")
    assert other.json()["error"]["limit"] == 1
    again = {"attempt": 2, "from_step": 5, "client": "fedcba9876543210"}
    answer = client.post(f"/api/external/{key}/attempts", json=again)
    assert (answer.status_code, answer.json()["next"], answer.json()["attempt"]) == (200, 4, 2)
    assert client.post(f"/api/external/{key}/attempts", json=again).status_code == 200
    assert code(send(client, 4, packet([snapshot(20)]), key)) == (409, "attempt_over")
    items = [steps(6, 10), snapshot(10), steps(11, 20), snapshot(20)]
    assert send(client, 4, packet(items), key, attempt=2).json()["next"] == 8
    assert client.get(f"/api/runs/{run}/film").json()["steps"] == [0, 10, 20]
    assert client.get(f"/api/runs/{run}/metrics").json()["step"] == list(range(1, 21))
    earlier = client.post(f"/api/external/{key}/attempts", json=again | {"attempt": 1})
    assert code(earlier) == (409, "attempt_taken")


def test_a_deleted_run_says_so_and_can_be_deleted_while_it_is_told(
    client: httpx.Client, key: str
) -> None:
    run = register(client, key).json()["id"]
    send(client, 1, packet([snapshot(0)]), key)
    assert client.delete(f"/api/runs/{run}").status_code == 204
    assert code(send(client, 2, packet([steps(1, 1)]), key)) == (410, "run_deleted")
    assert code(register(client, key)) == (410, "run_deleted")


def test_after_its_end_a_program_may_go_on(client: httpx.Client, key: str) -> None:
    run = register(client, key).json()["id"]
    end = {"kind": "end", "step": 2, "outcome": "failed", "message": "ValueError: <b>no</b>\u202e"}
    send(client, 1, packet([snapshot(0), steps(1, 2), end]), key)
    failed = client.get(f"/api/runs/{run}").json()
    assert (failed["status"], failed["error"]["message"]) == ("failed", "ValueError: <b>no</b>")
    send(client, 4, packet([]), key)
    assert client.get(f"/api/runs/{run}").json()["status"] == "failed", "it only said it is there"
    send(client, 4, packet([steps(3, 5)]), key)
    going_on = client.get(f"/api/runs/{run}").json()
    assert (going_on["status"], going_on["error"], going_on["ended_at"]) == ("running", None, None)


def test_alerts_come_back_to_the_program(client: httpx.Client, key: str) -> None:
    register(client, key)
    send(client, 1, packet([snapshot(0)]), key)
    broken = np.full(SHAPE, np.nan, "<f4").tobytes()
    body = packet([snapshot(1)], [broken, arrays_of(1)[1]])
    answer = send(client, 2, body, key)
    assert answer.status_code == 200
    [alert] = answer.json()["alerts"]
    assert (alert["code"], alert["step"], alert["layer"]) == ("not_finite", 1, "stem")


def test_layers_that_somebody_looks_at_are_asked_for(client: httpx.Client, key: str) -> None:
    run = register(client, key).json()["id"]
    send(client, 1, packet([snapshot(0)]), key)
    client.get(f"/api/runs/{run}/film?layer=conv2")
    assert send(client, 2, packet([steps(1, 1)]), key).json()["wanted"] == [1]
    arrays = [[0, "kernel", list(SHAPE)], [1, "kernel", list(SECOND_SHAPE)]]
    second = kernel(2, SECOND_SHAPE)
    body = packet([snapshot(2, arrays=arrays)], [kernel(2).tobytes(), second.tobytes()])
    assert send(client, 3, body, key).status_code == 200
    assert client.get(f"/api/runs/{run}/film?layer=conv2").json()["steps"] == [2]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "ends before"),
        (packet([snapshot(0)])[:-1], "too early"),
        (packet([snapshot(0)])[:-1] + b"\xff", "check value"),
        (packet([snapshot(0)], [b"\0" * 8]), "bytes"),
        (packet([snapshot(0, arrays=[[0, "kernel", [5, 5, 3, 9]]])], []), "shape"),
        (packet([snapshot(0, arrays=[[7, "kernel", [1]]])], []), "no layer 7"),
        (packet([snapshot(0, arrays=[[0, "bias", [2**30, 2**30]]])], []), "may hold"),
        (packet([snapshot(0, arrays=[[0, "bias", [-1]]])], []), "arrays"),
        (packet([steps(5, 6), steps(1, 2)]), "goes back"),
        (packet([{"kind": "steps", "step": [1, 2], "values": {"loss": [1]}}]), "2 steps and 1"),
        (packet([{"kind": "steps", "step": [True], "values": {}}]), "step"),
        (packet([{"kind": "steps", "step": [1], "values": {"loss": ["NaN"]}}]), "loss"),
        (packet([{"kind": "poem", "step": 1}]), "poem"),
        (packet([{"kind": "end", "step": 1, "outcome": "eaten"}]), "outcome"),
        (packet([snapshot(0)], first=9), "another item"),
        (packet([snapshot(0)], attempt=9), "another attempt"),
        (packet([snapshot(0)], more=1), "more"),
    ],
)
def test_what_is_no_batch_is_refused_in_words_and_nothing_of_it_is_kept(
    client: httpx.Client, key: str, body: bytes, says: str
) -> None:
    run = register(client, key).json()["id"]
    answer = send(client, 1, body, key)
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert says in f"{error['field']} {error['message']}"
    assert client.get(f"/api/runs/{run}").json()["last_seq"] == 0
    assert send(client, 1, packet([snapshot(0)]), key).json()["next"] == 2


def test_a_generated_client_may_call_a_packet_a_stream_of_bytes(
    client: httpx.Client, key: str
) -> None:
    register(client, key)
    place, kind = f"/api/external/{key}/batches/1", {"Content-Type": "application/octet-stream"}
    assert client.put(place, content=packet([snapshot(0)]), headers=kind).json()["next"] == 2


def test_a_packet_of_a_byte_too_many_is_refused_before_it_is_read(
    client: httpx.Client, key: str
) -> None:
    register(client, key)
    answer = send(client, 1, bytes(LARGEST_PACKET_BYTES + 1), key)
    assert code(answer) == (413, "body_too_large")
    wrong = client.put(f"/api/external/{key}/batches/1", json={})
    assert code(wrong) == (415, "not_a_packet")
    assert MEDIA_TYPE in wrong.json()["error"]["message"]
    assert code(send(client, 1, packet([snapshot(0)]), uuid.uuid4().hex)) == (404, "key_unknown")
    assert code(send(client, 1, packet([snapshot(0)]), "nobody")) == (422, "invalid")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 100_000}, "name"),
        ({"client": "short"}, "client"),
        ({"attempt": 0}, "attempt"),
        ({"layers": []}, "layers"),
        ({"layers": [{"title": "a", "kind": "conv2d"}] * 2001}, "layers"),
        ({"layers": [{"title": "a", "kind": "<script>"}]}, "layers.0.kind"),
        ({"layers": [{"title": "a", "kind": "conv2d", "shape": [0, 3]}]}, "layers.0.shape.0"),
        ({"layers": [{"title": "a", "kind": "conv2d", "shape": [9999] * 5}]}, "layers.0.shape"),
        ({"layers": [{"title": "a", "kind": "conv2d", "colour": 1}]}, "layers.0.colour"),
        ({"network": {"input_shape": [8, 8, 3], "layers": [{"type": "flatten"}]}}, "network"),
        ({"total_steps": -1}, "total_steps"),
    ],
)
def test_what_is_no_registration_is_refused_with_its_field(
    client: httpx.Client, key: str, changes: dict[str, object], field: str
) -> None:
    answer = register(client, key, **changes)
    assert answer.status_code == 422, answer.text
    assert field in f"{answer.json()['error']['field']} {answer.json()['error']['message']}"


def test_hostile_names_are_kept_as_text_that_can_be_shown(client: httpx.Client, key: str) -> None:
    name = "<script>alert(1)</script>\u202e\x00" + "ü" * 10_000
    run = register(client, key, name=name).json()["id"]
    told = client.get(f"/api/runs/{run}").json()["name"]
    assert told.startswith("<script>alert(1)</script> ü")
    assert len(told) == 200
    assert "\u202e" not in told
    assert "\x00" not in told


def test_a_body_that_is_no_registration_at_all_is_refused(client: httpx.Client, key: str) -> None:
    url = f"/api/external/{key}"
    kind = {"Content-Type": "application/json"}
    assert code(client.put(url, content=b"{", headers=kind)) == (400, "bad_json")
    assert client.put(url, content=b"[" * 60_000, headers=kind).status_code in (400, 422)
    million = b'{"layers": [' + b"{}," * 300_000 + b"{}]}"
    assert client.put(url, content=million, headers=kind).status_code in (413, 422)
    assert client.put(url, data={"name": "x"}).status_code == 415


def test_another_network_cannot_take_the_key(client: httpx.Client, key: str) -> None:
    register(client, key)
    layers = [*registration()["layers"], {"title": "more", "kind": "dense", "shape": [4, 2]}]
    assert code(register(client, key, layers=layers)) == (409, "other_network")


def test_below_the_floor_of_the_disk_nothing_is_taken_and_life_is_still_told(
    client: httpx.Client, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert register(client, key).status_code == 201
    monkeypatch.setattr(Settings, "free_disk_bytes", lambda _settings: -1)
    refused = send(client, 1, packet([snapshot(0)]), key)
    assert code(refused) == (503, "disk_full")
    assert int(refused.headers["retry-after"]) > 0
    assert register(client, uuid.uuid4().hex).status_code == 503
    assert send(client, 1, packet([]), key).json()["next"] == 1
