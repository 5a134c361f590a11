"""First filters of one's own beside learned and random ones, from the command line."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.__main__ import main
from app.cli.compare import seeds_of
from app.cli.comparison_table import table
from app.recipe.comparison import FREE, FROZEN, LEARNED, RANDOM
from tests.running_server import RunningServer

STEPS = 40
WAYS: dict[str, tuple[str, bool]] = {
    "learned": ("glorot_uniform", True),
    "gabor, frozen": ("gabor", False),
    "gabor, free to learn": ("gabor", True),
    "random, frozen": ("glorot_uniform", False),
}


def command(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        env={**os.environ, "FILTERSCOPE_DATA": str(data)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def accuracy_by_rest(server: RunningServer, seed: int, start: str, trainable: bool) -> float:
    presets = server.client.get("/api/presets").json()["presets"]
    (recipe,) = (preset["recipe"] for preset in presets if preset["name"] == "dead-leaves")
    first: dict[str, Any] = recipe["layers"][0]
    first["trainable"] = trainable
    if start == "gabor":
        first["kernel_initializer"] = {"type": "bank", "name": "gabor"}
    body = {**recipe, "steps": STEPS, "seed": seed}
    run = server.client.post("/api/runs", json=body).json()["id"]
    with server.client.stream("GET", f"/api/runs/{run}/events") as events:
        assert "event: run_finished" in list(events.iter_lines())
    told: float = server.client.get(f"/api/runs/{run}").json()["metrics"]["validation_accuracy"]
    return told


def test_command_line_and_interface_agree_to_the_last_digit(server: RunningServer) -> None:
    compared = command(
        *("compare", "dead-leaves", "--filters", "gabor", "--seeds", "0,7"),
        *("--set", f"steps={STEPS}"),
        data=server.folder,
    )
    assert compared.returncode == 0, compared.stderr
    lines = compared.stdout.splitlines()
    assert lines[0] == f"Right answers on test pictures: Dead leaves, step {STEPS}"
    for name, way in WAYS.items():
        (line,) = (line for line in lines if line.startswith(name))
        figures = [float(figure) for figure in line.removeprefix(name).split()]
        assert figures[:2] == [round(accuracy_by_rest(server, seed, *way), 4) for seed in (0, 7)]
        assert figures[2] == pytest.approx(np.mean(figures[:2]), abs=1e-4)
    assert "no other network" in lines[-1]


def test_one_run_of_filters_made_by_hand_is_typed_in_two_words(
    server: RunningServer, tmp_path: Path
) -> None:
    ways = [
        ("--filters", "gabor", "--freeze", "conv1"),
        (
            *("--set", 'layers.conv1.kernel_initializer={"type":"bank","name":"gabor"}'),
            *("--set", "layers.0.trainable=false"),
        ),
    ]
    for options in ways:
        trained = command(
            *("train", "dead-leaves", "--set", "steps=2", *options), data=server.folder
        )
        assert trained.returncode == 0, trained.stderr
        first = server.client.get("/api/runs/latest").json()["recipe"]["layers"][0]
        assert first["kernel_initializer"] == {"type": "bank", "name": "gabor"}
        assert first["trainable"] is False


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--filters", "{}/small.npy"), "With kernel_size 5 and filters 16 it would fit"),
        (("--filters", "{}/nan.npy"), "holds nan"),
        (("--filters", "{}/flat.npy"), "(height, width, channels, filters)"),
        (("--filters", "{}/none.npy"), "No such file"),
        (("--filters", "{}/half.json"), "no filter in slot 2, 3"),
        (("--filters", "{}/other.json"), "is no bank"),
        (("--filters", "{}/broken.json"), "layers.0.kernel_initializer.kernel"),
        (("--filters", "0123456789ab"), "perhaps it was deleted"),
        (("--filters", "no/bank"), "--filters takes gabor, sobel"),
        (("--seeds", "many"), "5 or 3,7,11"),
        (("--set", "layers.conv1.kernel_size=1"), "kernel_size of 3 or more"),
        (("--set", "layers.conv9.filters=1"), "there are conv1, max_pool1, conv2"),
    ],
)
def test_what_cannot_be_compared_is_said_with_the_way_out(
    server: RunningServer,
    tmp_path: Path,
    options: tuple[str, str],
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    np.save(tmp_path / "small.npy", np.ones((5, 5, 3, 16)))
    np.save(tmp_path / "nan.npy", np.full((9, 9, 3, 16), np.nan))
    np.save(tmp_path / "flat.npy", np.ones((9, 9)))
    kernel = {"dtype": "f4", "shape": "9, 9, 3, 16", "bdata": ""}
    for file, empty in (("half", [1, 2]), ("broken", [])):
        told = {"filterscope_bank": 1, "kernel": kernel, "empty": empty}
        (tmp_path / f"{file}.json").write_text(json.dumps(told))
    (tmp_path / "other.json").write_text("[]")
    name, value = options
    monkeypatch.setenv("FILTERSCOPE_DATA", str(server.folder))
    assert main(["compare", "dead-leaves", name, value.format(tmp_path)]) == 1
    refused = capsys.readouterr()
    assert refused.out == ""
    assert sentence in refused.err
    assert len(refused.err.splitlines()) == 1


def test_a_difference_is_marked_only_where_it_exceeds_what_seeds_make() -> None:
    found = {
        LEARNED: [0.85, 0.86, 0.84],
        FROZEN: [0.89, 0.88, 0.9],
        FREE: [0.86, 0.85, 0.87],
        RANDOM: [0.5, 0.6, 0.55],
    }
    lines = table("sobel", [3, 4, 5], found).splitlines()
    assert lines[0].endswith("seed 5       mean    ± seeds  − learned")
    assert lines[1].endswith("0.8500     0.0100")
    assert [line.split()[-1] for line in lines[2:5]] == ["+0.0400*", "+0.0100", "-0.3000*"]
    assert lines[5].startswith("* further from learned ones")
    of_two = {way: values[:2] for way, values in found.items()}
    assert "*" not in table("sobel", [3, 4], of_two)
    assert "mean" not in table("sobel", [3], {way: values[:1] for way, values in found.items()})


def test_seeds_are_a_number_or_a_list() -> None:
    assert seeds_of("3") == [0, 1, 2]
    assert seeds_of("5,3") == [5, 3]
    for text in ("0", "-1", "", "1,", "1000"):
        with pytest.raises(ValueError, match="--seeds"):
            seeds_of(text)
