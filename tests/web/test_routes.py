import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import Depends
from fastapi.routing import APIRoute
from starlette._utils import get_route_path
from starlette.routing import NoMatchFound

from app.main import create_app
from app.settings import Settings
from app.web.routes import LateRoute, Routes, _path_below
from tests.web.scripted import ScriptedServer


def _late(app: Any) -> list[LateRoute]:
    return [route for route in app.routes if isinstance(route, LateRoute)]


def _built(app: Any) -> list[str]:
    return [route.path for route in _late(app) if route.is_built]


def test_a_server_starts_without_building_routes_that_nobody_has_asked_for(
    tmp_path: Path,
) -> None:
    app = create_app(Settings(data_folder=tmp_path))
    assert len(_late(app)) > 80
    assert _built(app) == []


def test_a_question_builds_the_route_that_answers_it(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    before = _built(scripted.app)
    assert client.get("/api/presets").status_code == 200
    assert set(_built(scripted.app)) - set(before) == {"/api/presets"}


def test_all_routes_can_be_built(tmp_path: Path) -> None:
    for late in _late(create_app(Settings(data_folder=tmp_path))):
        assert late.route.path == late.path


@pytest.mark.parametrize("root", ["", "/lab", "/lab/"])
@pytest.mark.parametrize("path", ["/", "", "/lab", "/lab/", "/lab/x", "/lab//x", "/labour", "/x"])
def test_the_path_below_a_root_is_starlettes(path: str, root: str) -> None:
    scope = {"type": "http", "path": path, "root_path": root}
    assert _path_below(scope) == get_route_path(scope)


def test_a_route_is_named_by_its_function_and_gives_its_path(tmp_path: Path) -> None:
    app = create_app(Settings(data_folder=tmp_path))
    assert app.url_path_for("get_run", run_id="a") == "/api/runs/a"
    for name, parameters in (("nowhere", {}), ("get_run", {"other": "a"})):
        with pytest.raises(NoMatchFound):
            app.url_path_for(name, **parameters)


def test_a_route_that_is_built_keeps_no_other_waiting() -> None:
    begun, ends = threading.Event(), threading.Event()

    class Slow(APIRoute):
        def __init__(self, *positional: Any, **named: Any) -> None:
            begun.set()
            assert ends.wait(30)
            super().__init__(*positional, **named)

    slow = LateRoute("/slow", lambda: None, kind=Slow)
    with ThreadPoolExecutor(2) as pool:
        try:
            pool.submit(lambda: slow.route)
            assert begun.wait(30)
            other = pool.submit(lambda: LateRoute("/other", lambda: None).route)
            assert other.result(10).path == "/other"
        finally:
            ends.set()


def test_a_wrong_method_is_told_the_right_ones(client: httpx.Client) -> None:
    answer = client.delete("/api/presets")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


def test_a_route_has_what_its_module_and_the_server_say_of_all() -> None:
    router = Routes(prefix="/api", tags=["runs"])

    @router.get("/runs/{run_id}", tags=["more"], responses={200: {"description": "A run."}})
    def get_run(run_id: str) -> str:
        return run_id

    checked = [Depends(lambda: None)]
    (late,) = router.late({"4XX": {"description": "An error."}}, dependencies=checked)
    route = late.route
    assert (route.path, route.methods, route.unique_id) == (
        "/api/runs/{run_id}",
        {"GET"},
        "get_run",
    )
    assert route.tags == ["runs", "more"]
    assert set(route.responses) == {"4XX", 200}
    assert route.dependencies == checked
