"""Guessing tokens takes too long, and who guesses locks nobody else out."""

import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.web import wrong_tries
from app.web.wrong_tries import WrongTries, place_of
from tests.store.samples import finished, started
from tests.web.scripted import ScriptedServer, scripted_server

CHOSEN = "a-token-that-somebody-chose"


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[ScriptedServer]:
    with scripted_server(tmp_path / "data", host="0.0.0.0", token=CHOSEN) as running:
        yield running


def _guess(server: ScriptedServer, count: int, first: int = 0) -> list[httpx.Response]:
    """What `count` different wrong tokens get, each tried in another of the three ways."""
    answers = []
    with server.client() as client:
        for number in range(first, first + count):
            guess = f"guess-number-{number:05}"
            ways = (
                {"headers": {"Authorization": f"Bearer {guess}"}},
                {"params": {"token": guess}},
                {"headers": {"Cookie": f"filterscope-8000={guess}"}},
            )
            answers.append(client.get("/api/runs", **ways[number % 3]))  # type: ignore[arg-type]
    return answers


def _as(server: ScriptedServer, token: str) -> int:
    with server.client(headers={"Authorization": f"Bearer {token}"}) as client:
        return client.get("/api/runs").status_code


def test_after_ten_wrong_tokens_one_has_to_wait(guarded: ScriptedServer) -> None:
    answers = _guess(guarded, 12)
    assert [answer.status_code for answer in answers] == [401] * 10 + [429] * 2
    assert answers[-1].json()["error"]["code"] == "too_many_tries"
    assert 0 < int(answers[-1].headers["retry-after"]) <= 60
    assert _as(guarded, CHOSEN) == 200, "whoever has the token isn't kept waiting"


def test_the_same_wrong_token_again_is_no_guess(guarded: ScriptedServer) -> None:
    with guarded.client(headers={"Cookie": "filterscope-8000=of-yesterdays-lesson"}) as client:
        assert {client.get("/api/runs").status_code for _ in range(100)} == {401}


def test_who_brings_no_token_makes_no_guess(guarded: ScriptedServer) -> None:
    with guarded.client() as client:
        assert {client.get("/api/runs").status_code for _ in range(70)} == {401}
        assert client.get("/healthz").status_code == 200


def test_a_token_that_can_be_guessed_is_looked_at_sixty_times_a_minute_only(
    guarded: ScriptedServer,
) -> None:
    with guarded.client() as teacher, guarded.client(follow_redirects=True) as pupil:
        assert teacher.get("/", params={"token": CHOSEN}).status_code == 303
        _guess(guarded, 70)
        assert _as(guarded, CHOSEN) == 429, "else one could go on guessing"
        assert teacher.get("/api/runs").status_code == 200, "who was in before stays in"
        assert pupil.get("/", params={"token": guarded.app.state.watch_token}).status_code == 200
        assert pupil.get("/api/runs").status_code == 200, "the class isn't locked out"
        guarded.create("run", started(), finished(1))
        assert teacher.delete("/api/runs/run").status_code == 204


def test_after_the_minute_all_is_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    tries = WrongTries(clock=lambda: now[0])
    for number in range(100):
        tries.note("192.0.2.1", str(number))
    assert tries.wait_seconds("192.0.2.1") == 60
    assert tries.is_shut("192.0.2.1")
    assert not tries.wait_seconds("192.0.2.2"), "the neighbour did nothing"
    now[0] = 159.5
    assert tries.wait_seconds("192.0.2.1") == 1
    now[0] = 160.0
    assert not tries.wait_seconds("192.0.2.1")
    assert not tries.is_shut("192.0.2.1")


def test_what_is_remembered_of_guesses_has_a_bound() -> None:
    tries = WrongTries()
    for number in range(70_000):
        tries.note(f"place {number // 62}", f"guess {number}")
    kept = [tried for _, tried in tries._places.values()]
    assert len(kept) == wrong_tries._MOST_PLACES
    assert max(map(len, kept)) == wrong_tries._LOOKED_AT
    assert sum(sys.getsizeof(each) for tried in kept for each in (tried, *tried)) < 10 * 1024**2


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::1", "::1"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::"),
        ("2001:db8:1:2::7", "2001:db8:1:2::"),
        ("", ""),
    ],
)
def test_a_house_is_one_place_however_many_addresses_it_has(address: str, place: str) -> None:
    assert place_of(address) == place


def test_a_cookie_outlives_the_server_that_gave_it(tmp_path: Path) -> None:
    with scripted_server(tmp_path / "data", token=CHOSEN) as first, first.client() as client:
        client.get("/", params={"token": CHOSEN})
        kept = client.cookies["filterscope-8000"]
    cookie = {"Cookie": f"filterscope-8000={kept}"}
    with scripted_server(tmp_path / "data", token=CHOSEN) as second, second.client() as client:
        assert client.get("/api/runs", headers=cookie).status_code == 200
        assert client.get("/api/teaching", headers=cookie).json()["access"] == "full"
    with scripted_server(tmp_path / "data", token=f"{CHOSEN}-2") as third, third.client() as client:
        assert client.get("/api/runs", headers=cookie).status_code == 401


@pytest.mark.parametrize("seal", ["0" * 32, "", "f"])
def test_a_seal_made_up_opens_nothing(guarded: ScriptedServer, seal: str) -> None:
    with guarded.client(headers={"Cookie": f"filterscope-8000=anything.{seal}"}) as client:
        assert client.get("/api/runs").status_code == 401
