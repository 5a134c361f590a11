"""Code as recipes and recipes as code, over the interface."""

import shlex
import subprocess

import httpx
import pytest

from app.recipe import PRESETS
from app.web.answers.code import CodeRead, CodeWritten
from tests.running_server import RunningServer

LINE = "model.add(Convolution2D(nb_filter=32, nb_row=3, nb_col=3, border_mode='valid'))"


def test_the_line_that_thousands_copied_becomes_a_recipe_that_trains(asker: httpx.Client) -> None:
    answer = asker.post("/api/code", json={"code": LINE})
    told = CodeRead.model_validate(answer.json())
    assert told.dialect == "keras1"
    assert {told.code[word.start : word.end] for word in told.words} >= {"nb_filter=32"}
    preview = asker.post("/api/recipes/preview", json=told.recipe)
    assert preview.json()["layers"][0]["output_shape"] == [26, 26, 32]


@pytest.mark.parametrize("code", ["what are filters?", "__import__('os')", "Dense(10)", "(" * 99])
def test_what_is_no_network_gets_a_sentence(asker: httpx.Client, code: str) -> None:
    answer = asker.post("/api/code", json={"code": code})
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert (error["code"], error["field"]) == ("not_code", "code")


@pytest.mark.parametrize("preset", PRESETS)
def test_what_is_written_of_a_preset_is_read_as_its_layers(
    asker: httpx.Client, preset: str
) -> None:
    answer = asker.post("/api/recipes/code", json={"preset": preset})
    told = CodeWritten.model_validate(answer.json())
    assert (told.keras is None) == (told.why is not None) == (preset == "sparse-code")
    wanted = PRESETS[preset].recipe["layers"]
    for script in filter(None, (told.keras, told.torch)):
        compile(script, "script", "exec")
        read = CodeRead.model_validate(asker.post("/api/code", json={"code": script}).json())
        assert [layer["type"] for layer in read.recipe["layers"]] == [
            layer["type"] for layer in wanted
        ]
    for line in (told.layers[0].keras1, told.layers[0].keras, told.layers[0].torch):
        read = CodeRead.model_validate(asker.post("/api/code", json={"code": line}).json())
        first = read.recipe["layers"][0]
        assert all(
            first.get(name) == value
            for name, value in wanted[0].items()
            if name in ("filters", "kernel_size", "strides")
        )


def test_the_request_that_is_copied_starts_the_same_run(server: RunningServer) -> None:
    recipe = {"preset": "dead-leaves", "steps": 2, "name": "it's “mine” & $HOME `x`"}
    answer = server.client.post("/api/recipes/code", json=recipe)
    command = CodeWritten.model_validate(answer.json()).curl
    done = subprocess.run(
        [*shlex.split(command), "--silent", "--fail"], capture_output=True, check=True
    )
    started = httpx.Response(200, content=done.stdout).json()
    assert started["recipe"]["name"] == recipe["name"]
    assert started["recipe"]["steps"] == 2
    script = server.client.get(f"/api/runs/{started['id']}/code", params={"library": "torch"})
    assert script.headers["content-type"].startswith("text/x-python")
    assert "nn.Conv2d(3, 16, 9, stride=2)" in script.text
