"""The wheel in use: by its command, from a folder that knows nothing of the checkout."""

import re
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest
from PIL import Image

from app import __version__
from tests.packaging.installation import Installation
from tests.running_server import RunningServer
from tests.threads.importing import cores, import_package
from tests.web.sse import events_in


def test_nothing_but_what_the_wheel_asks_for_is_there_and_nothing_is_missing(
    installed: Installation, elsewhere: Path
) -> None:
    assert "No broken requirements found" in installed.pip("check")
    there = {line.partition("==")[0] for line in installed.pip("freeze").splitlines()}
    assert not there & {"pytest", "httpx", "hatchling"}
    found = installed.evaluate(
        "from importlib.util import find_spec; print(find_spec('app'), find_spec('tests'))",
        elsewhere,
    )
    assert found == "None None"


def test_the_package_is_the_one_that_was_installed(
    installed: Installation, elsewhere: Path
) -> None:
    program = "import filterscope as f; print(f.__version__); print(f.__file__)"
    version, file = installed.evaluate(program, elsewhere).splitlines()
    assert version == __version__
    assert Path(file).is_relative_to(installed.programs.parent)


def test_an_import_loads_no_library(installed: Installation, elsewhere: Path) -> None:
    heavy = "{'numpy', 'fastapi', 'pydantic', 'threadpoolctl'}"
    program = f"import sys, filterscope; print(*{heavy} & set(sys.modules))"
    assert installed.evaluate(program, elsewhere) == ""


def test_an_import_sets_no_variable_and_leaves_products_their_threads(
    installed: Installation, elsewhere: Path
) -> None:
    imported = import_package(installed.path("python"), "filterscope", elsewhere)
    assert imported.before == imported.after == [cores()]
    assert imported.environment_is_kept


@pytest.mark.parametrize(
    ("command", "name"),
    [(["filterscope"], "filterscope"), (["python", "-m", "filterscope"], "python -m filterscope")],
)
def test_usage_names_the_command_as_it_was_called(
    installed: Installation, elsewhere: Path, command: list[str], name: str
) -> None:
    assert installed.run(*command, "-h", where=elsewhere).stdout.startswith(f"usage: {name} [-h]")
    refused = installed.run(*command, "train", where=elsewhere)
    assert refused.stderr.startswith(f"usage: {name} train ")


def test_a_run_is_trained_and_exported(installed: Installation, elsewhere: Path) -> None:
    recipe = ("mnist-strokes", "--set", "steps=12")
    trained = installed.run("filterscope", "train", *recipe, "--out", "film.npz", where=elsewhere)
    assert trained.returncode == 0, trained.stderr
    assert re.search(r"12/12 .*loss=\d", trained.stderr)
    for name in ("film.gif", "page.html"):
        exported = installed.run("filterscope", "export", "latest", "-o", name, where=elsewhere)
        assert exported.returncode == 0, exported.stderr
    with Image.open(elsewhere / "film.gif") as film:
        assert film.n_frames > 5
    page = (elsewhere / "page.html").read_text(encoding="utf-8")
    assert "mnist-strokes" in page
    assert "<script" in page
    again = installed.run("filterscope", "reproduce", "latest", where=elsewhere)
    assert again.stdout.startswith("identical: "), again.stderr


def test_the_page_is_served_and_a_run_trains_to_its_end(
    installed: Installation, elsewhere: Path
) -> None:
    command = (installed.path("filterscope"),)
    with RunningServer(elsewhere / "data", command=command, where=elsewhere) as server:
        _each_link_is_answered(server.client, "/")
        _each_link_is_answered(server.client, "/docs")
        assert "static/joined/parts/main-" in server.client.get("/").text
        assert server.client.get("/healthz").json()["version"] == __version__
        recipe = {"preset": "dead-leaves", "steps": 8}
        run_id = server.client.post("/api/runs", json=recipe).json()["id"]
        with server.client.stream("GET", f"/api/runs/{run_id}/events") as answer:
            assert list(events_in(answer.iter_lines()))[-1].kind == "run_finished"
        picture = server.client.get(f"/api/runs/{run_id}/export?format=png")
        assert picture.content.startswith(b"\x89PNG")
        joined = server.client.get("/api/join", params={"path": "/"}).json()
        assert "“filterscope serve --host 0.0.0.0”" in joined["sentence"]


def _each_link_is_answered(client: httpx.Client, path: str) -> None:
    """The page, and every style sheet, module and picture that it names."""
    links = re.findall(r'(?:src|href)="([^"#?][^"]*)"', client.get(path).text)
    assert [link for link in links if ".js" in link]
    assert [link for link in links if ".css" in link]
    for link in links:
        if not link.startswith("data:"):
            assert client.get(urljoin(path, link)).status_code == 200, link
