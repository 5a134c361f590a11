from pathlib import Path
from typing import Any

import httpx
from fastapi import Depends

from app.main import create_app
from app.settings import Settings
from app.web.routes import LateRoute, Routes
from tests.web.scripted import ScriptedServer


def _late(app: Any) -> list[LateRoute]:
    return [route for route in app.routes if isinstance(route, LateRoute)]


def _built(app: Any) -> list[str]:
    return [route.path for route in _late(app) if "route" in vars(route)]


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
