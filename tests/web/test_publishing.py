"""Runs as a site, over the interface and by the command."""

import io
import zipfile

import httpx

from tests.store.samples import started
from tests.web.scripted import ScriptedServer

PUBLISH = "/api/publish"


def test_runs_are_a_zip_that_opens_with_its_first_page(asker: httpx.Client) -> None:
    query = {"run": ["run", "latest"], "title": "Course of spring"}
    answer = asker.get(PUBLISH, params=query)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == 'attachment; filename="filterscope-site.zip"'
    site = zipfile.ZipFile(io.BytesIO(answer.content))
    assert site.testzip() is None
    assert len([name for name in site.namelist() if name.startswith("runs/")]) == 1
    assert "Course of spring" in site.read("index.html").decode()
    again = asker.get(PUBLISH, params=query, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_what_can_t_be_published_is_named(asker: httpx.Client) -> None:
    told = asker.get(PUBLISH, params={"run": ["run", "gone"]})
    assert (told.status_code, told.json()["error"]["code"]) == (404, "run_unknown")
    assert "gone" in told.json()["error"]["message"]
    for query in ({}, {"run": ["run"] * 61}, {"run": "run", "title": ""}):
        assert asker.get(PUBLISH, params=query).status_code == 422  # type: ignore[arg-type]


def test_a_run_without_a_snapshot_is_said_to_have_none(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    scripted.create("run", started())
    told = client.get(PUBLISH, params={"run": "run"})
    assert (told.status_code, told.json()["error"]["code"]) == (404, "no_snapshot")
