"""What proxies say of a request: believed of those that are trusted, and of nobody else."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from app.settings import Settings
from tests.web.scripted import ScriptedServer, scripted_server
from tests.web.test_security import TOKEN

FOREIGN = "lab.example"
SEEN = {"X-Forwarded-Host": FOREIGN, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}


def asked(server: ScriptedServer, path: str = "/api/presets", **headers: str) -> httpx.Response:
    with server.client() as client:
        return client.get(
            path, headers={name.replace("_", "-"): one for name, one in headers.items()}
        )


def begun(server: ScriptedServer, headers: dict[str, str]) -> httpx.Response:
    """A run that a page asks for, with the token that is asked for where names are allowed."""
    with server.client(headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        return client.post("/api/runs", json={"preset": "dead-leaves"}, headers=headers)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("lab.example", 200),
        ("LAB.example:8443", 200),
        ("a.courses.example", 200),
        ("courses.example", 403),
        ("evil.example", 403),
        ("lab.example.evil.example", 403),
        ("127.0.0.1", 200),
    ],
)
def test_a_name_that_was_allowed_is_answered_and_a_token_is_asked_for(
    tmp_path: Path, name: str, status: int
) -> None:
    allowed = {"allowed_hosts": ("lab.example", "*.courses.example"), "token": TOKEN}
    with scripted_server(tmp_path, **allowed) as server:
        assert asked(server, Host=name).status_code == (401 if status == 200 else status)
        known = asked(server, Host=name, Authorization=f"Bearer {TOKEN}")
        assert known.status_code == status
        if status == 403:
            message = known.json()["error"]["message"]
            assert f"FILTERSCOPE_ALLOWED_HOSTS={name.partition(':')[0].lower()}" in message


def test_allowed_names_make_a_token_where_none_is_set(tmp_path: Path) -> None:
    with scripted_server(tmp_path, allowed_hosts=("lab.example",)) as server:
        assert asked(server).status_code == 401


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({"Host": FOREIGN, "Origin": f"https://{FOREIGN}"}, True),
        (SEEN | {"Origin": f"https://{FOREIGN}"}, True),
        ({"Origin": f"https://{FOREIGN}", "Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": f"https://{FOREIGN}"}, False),
        ({"Origin": f"https://{FOREIGN}", "Sec-Fetch-Site": "cross-site"}, False),
        ({"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"}, False),
        (SEEN | {"Origin": "https://evil.example"}, False),
    ],
)
def test_a_page_is_ours_by_the_name_that_the_browser_has(
    tmp_path: Path, headers: dict[str, str], is_ours: bool
) -> None:
    with scripted_server(tmp_path, allowed_hosts=(FOREIGN,), token=TOKEN) as server:
        answer = begun(server, headers)
        assert answer.status_code == (201 if is_ours else 403), answer.text


def test_who_leads_here_under_a_name_unheard_of_learns_what_to_set(tmp_path: Path) -> None:
    with scripted_server(tmp_path) as server:
        answer = begun(server, {"Origin": f"http://{FOREIGN}"})
        assert answer.json()["error"]["code"] == "cross_site"
        assert f"FILTERSCOPE_ALLOWED_HOSTS={FOREIGN}" in answer.json()["error"]["message"]


def test_a_proxy_that_is_not_trusted_is_not_believed(tmp_path: Path) -> None:
    told: dict[str, Any] = {"allowed_hosts": (FOREIGN,), "token": TOKEN}
    with scripted_server(tmp_path, trusted_proxies=("192.0.2.0/24",), **told) as server:
        assert begun(server, SEEN | {"Origin": f"https://{FOREIGN}"}).status_code == 403
        prefixed = asked(server, "/lab/healthz", X_Forwarded_Prefix="/lab")
        assert prefixed.status_code in (401, 404)


def test_the_link_for_others_and_the_cookie_are_for_the_address_that_is_seen(
    tmp_path: Path,
) -> None:
    with scripted_server(tmp_path, allowed_hosts=(FOREIGN,), token=TOKEN) as server:
        full = SEEN | {"Authorization": f"Bearer {TOKEN}", "X-Forwarded-Port": "8443"}
        with server.client() as client:
            path = "/lab/filterscope/runs/x?follow=1"
            link = client.get("/api/join", params={"path": path}, headers=full).json()
            assert link["url"].startswith(f"https://{FOREIGN}:8443/lab/filterscope/runs/x?follow=1")
            welcomed = client.get("/", params={"token": TOKEN}, headers=SEEN)
            assert "secure" in welcomed.headers["set-cookie"].lower()


@pytest.mark.parametrize(
    ("settings", "headers", "path"),
    [
        ({"root_path": "/lab"}, {}, "/lab/healthz"),
        ({"root_path": "/lab"}, {}, "/healthz"),
        ({}, {"X-Forwarded-Prefix": "/lab"}, "/lab/healthz"),
        ({}, {"X-Forwarded-Prefix": "/lab/"}, "/healthz"),
    ],
)
def test_a_prefix_may_be_left_on_the_path_or_taken_off(
    tmp_path: Path, settings: dict[str, Any], headers: dict[str, str], path: str
) -> None:
    with scripted_server(tmp_path, **settings) as server, server.client() as client:
        assert client.get(path, headers=headers).status_code == 200
        assert client.get("/labour/healthz", headers=headers).status_code == 404
        begun = client.post("/api/runs", json={"preset": "dead-leaves"}, headers=headers)
        assert begun.headers["location"] == f"/lab/api/runs/{begun.json()['id']}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FILTERSCOPE_ALLOWED_HOSTS", "https://lab.example"),
        ("FILTERSCOPE_ALLOWED_HOSTS", "lab.example:80"),
        ("FILTERSCOPE_TRUSTED_PROXIES", "proxy.example"),
        ("FILTERSCOPE_ROOT_PATH", "lab"),
        ("FILTERSCOPE_ROOT_PATH", "/a b"),
    ],
)
def test_a_setting_that_means_nothing_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        Settings.from_environment({name: value})
    good = {
        "FILTERSCOPE_ALLOWED_HOSTS": "Lab.example, *.b.example",
        "FILTERSCOPE_TRUSTED_PROXIES": "10.0.0.0/8,::1",
        "FILTERSCOPE_ROOT_PATH": "/lab/filterscope/",
    }
    read = Settings.from_environment(good)
    assert read.allowed_hosts == ("lab.example", "*.b.example")
    assert read.trusted_proxies == ("10.0.0.0/8", "::1")
    assert read.root_path == "/lab/filterscope"
