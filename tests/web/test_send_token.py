"""The token for scripts: it sends what they train, and opens nothing else."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.settings import Settings
from app.web.access import OPEN_PATHS, may
from tests.store.samples import started
from tests.web.scripted import ScriptedServer, scripted_server

FULL = "a-token-that-somebody-chose"
SEND = "another-token-for-scripts"
KEY = "0123456789abcdef0123456789abcdef"
SENT = [
    ("PUT", f"/api/external/{KEY}"),
    ("PUT", f"/api/external/{KEY}/batches/1?attempt=1"),
    ("POST", f"/api/external/{KEY}/attempts"),
]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScriptedServer]:
    folder = tmp_path_factory.mktemp("send")
    with scripted_server(folder, host="0.0.0.0", token=FULL, send_token=SEND) as running:
        running.create("run", started())
        yield running


@pytest.fixture
def script(guarded: ScriptedServer) -> Iterator[httpx.Client]:
    with guarded.client(headers={"Authorization": f"Bearer {SEND}"}) as opened:
        yield opened


def _code(answer: httpx.Response) -> str:
    return str(answer.json()["error"]["code"])


@pytest.mark.parametrize(("method", "path"), SENT)
def test_it_opens_the_routes_that_take_what_a_script_sends(
    script: httpx.Client, method: str, path: str
) -> None:
    assert script.request(method, path).status_code not in (401, 403)


def test_it_opens_no_other_route_whatever_the_method(
    guarded: ScriptedServer, script: httpx.Client
) -> None:
    paths = {path.format_map(_Named()) for path in guarded.app.openapi()["paths"]}
    paths -= OPEN_PATHS
    for path in [*sorted(paths), "/", "/runs/run", "/docs", "/openapi.json", "/static/style.css"]:
        for method in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"):
            if may("send", method, path):
                assert (method, path) in {(one, there.partition("?")[0]) for one, there in SENT}
                continue
            refused = script.request(method, path)
            assert refused.status_code == 403, (method, path)
            if method != "HEAD":
                assert _code(refused) == "send_only"
    assert guarded.store.run("run") is not None


@pytest.mark.parametrize(("method", "path"), SENT)
def test_who_may_only_watch_sends_nothing(guarded: ScriptedServer, method: str, path: str) -> None:
    watch = guarded.app.state.watch_token
    with guarded.client(headers={"Authorization": f"Bearer {watch}"}) as watcher:
        refused = watcher.request(method, path)
    assert (refused.status_code, _code(refused)) == (403, "watch_only")


@pytest.mark.parametrize(("method", "path"), SENT)
def test_a_browser_on_another_site_cant_send(script: httpx.Client, method: str, path: str) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}):
        refused = script.request(method, path, headers=headers)
        assert (refused.status_code, _code(refused)) == (403, "cross_site")


def test_no_browser_keeps_it(guarded: ScriptedServer) -> None:
    with guarded.client() as client:
        by_link = client.get("/", params={"token": SEND})
        assert (by_link.status_code, "set-cookie" in by_link.headers) == (401, False)
        by_cookie = {"Cookie": f"filterscope-8000={SEND}"}
        assert client.put(f"/api/external/{KEY}", headers=by_cookie).status_code == 401


def test_only_who_may_do_everything_is_told_it(guarded: ScriptedServer) -> None:
    told = {}
    for token in (FULL, guarded.app.state.watch_token):
        with guarded.client(headers={"Authorization": f"Bearer {token}"}) as client:
            told[token] = client.get("/api/join").json()["send_token"]
    assert list(told.values()) == [SEND, None]


def test_one_is_made_at_each_start_where_none_is_set_and_a_token_is_asked_for(
    tmp_path: Path,
) -> None:
    made = set()
    for number in range(2):
        with scripted_server(tmp_path / str(number), token=FULL) as running:
            made.add(running.app.state.send_token)
    assert len(made) == 2
    assert all(len(token) >= 20 for token in made)
    with scripted_server(tmp_path / "open") as running, running.client() as client:
        assert client.get("/api/join").json()["send_token"] is None


def test_one_that_can_be_guessed_is_looked_at_sixty_times_a_minute_only(tmp_path: Path) -> None:
    with (
        scripted_server(tmp_path / "data", token=FULL, send_token=SEND) as running,
        running.client() as client,
    ):
        for number in range(61):
            wrong = {"Authorization": f"Bearer guess-number-{number:05}"}
            assert client.put(f"/api/external/{KEY}", headers=wrong).status_code in (401, 429)
        right = {"Authorization": f"Bearer {SEND}"}
        assert client.put(f"/api/external/{KEY}", headers=right).status_code == 429


def test_it_is_another_than_the_one_that_opens_everything() -> None:
    both = {"FILTERSCOPE_TOKEN": FULL, "FILTERSCOPE_SEND_TOKEN": SEND}
    assert Settings.from_environment(both).send_token == SEND
    with pytest.raises(ValueError, match="must be another than FILTERSCOPE_TOKEN"):
        Settings.from_environment(both | {"FILTERSCOPE_SEND_TOKEN": FULL})


class _Named(dict[str, str]):
    """Names something in each place of a path."""

    def __missing__(self, name: str) -> str:
        return {"key": KEY, "first": "1", "run_id": "run"}.get(name, "first")
