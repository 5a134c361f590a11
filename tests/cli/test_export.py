"""`python -m app export`, in a process of its own."""

import json
import os
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.cli.test_commands import command


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A data folder with one short run in it."""
    folder = tmp_path_factory.mktemp("data")
    environment = {**os.environ, "FILTERSCOPE_DATA": str(folder)}
    trained = command("train", "mnist-strokes", "--set", "steps=5", environment=environment)
    assert trained.returncode == 0, trained.stderr
    return environment


def test_a_film_is_written_in_the_format_that_the_name_ends_with(
    environment: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "film.gif"
    made = command("export", "latest", "-o", str(out), "--width", "400", environment=environment)
    assert made.returncode == 0, made.stderr
    assert re.fullmatch(rf"{out} \([\d,]+ bytes\)\n", made.stdout)
    with Image.open(out) as image:
        assert (image.format, image.size[0]) == ("GIF", 400)
        assert getattr(image, "n_frames", 1) > 2


def test_a_chart_is_written_as_the_interface_gives_it(
    environment: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "labels.svg"
    made = command("export", "latest", "-o", str(out), "--view", "labels", environment=environment)
    assert made.returncode == 0, made.stderr
    assert "What the filters are" in out.read_text()


def test_said_formats_go_before_endings(environment: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "numbers"
    made = command("export", "latest", "--format", "npz", "-o", str(out), environment=environment)
    assert made.returncode == 0, made.stderr
    with np.load(out) as arrays:
        assert arrays["conv1/kernels"].shape[1:] == (7, 7, 1, 16)


def test_a_network_is_written_for_the_library_whose_ending_the_name_has(
    environment: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "network.pth"
    made = command("export", "latest", "-o", str(out), "--step", "3", environment=environment)
    assert made.returncode == 0, made.stderr
    with zipfile.ZipFile(out) as archive:
        assert archive.read("network/version") == b"3\n"
        assert json.loads(archive.read("network/filterscope.json"))["step"] == "3"


def test_a_script_that_trains_the_network_is_written_as_the_interface_gives_it(
    environment: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "train.py"
    asked = ("export", "latest", "--format", "torch-code", "-o", str(out))
    made = command(*asked, environment=environment)
    assert made.returncode == 0, made.stderr
    compile(out.read_text(), "train.py", "exec")
    assert "nn.Conv2d(1, 16, 7" in out.read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("latest", "--format", "keras-code", "--step", "3"), "--step means nothing"),
        (("latest",), "--format"),
        (("latest", "-o", "film.bmp"), "gif, png, webp"),
        (("nobody", "--format", "gif"), "no such run"),
        (("latest", "--format", "gif", "--width", "9"), "width"),
        (("latest", "--format", "png", "--step", "3000"), "nearest"),
        (("latest", "--format", "gif", "-o", "/nowhere/film.gif"), "/nowhere/film.gif"),
    ],
)
def test_what_cannot_be_made_is_said_in_a_sentence(
    environment: dict[str, str], arguments: tuple[str, ...], words: str
) -> None:
    refused = command("export", *arguments, environment=environment)
    assert refused.returncode == 1
    assert words in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_site_is_a_folder_that_a_later_one_replaces_and_nothing_else_is_lost(
    environment: dict[str, str], tmp_path: Path
) -> None:
    site = tmp_path / "my site"
    made = command("publish", "latest", "-o", str(site), environment=environment)
    assert (made.returncode, made.stdout) == (0, f"{site / 'index.html'}\n"), made.stderr
    (site / "stale.html").touch()
    again = command("publish", "latest", "-o", str(site), "--title", "T", environment=environment)
    assert again.returncode == 0, again.stderr
    assert "<h1>T</h1>" in (site / "index.html").read_text()
    assert not (site / "stale.html").exists()
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years")
    refused = command("publish", "latest", "-o", str(mine), environment=environment)
    assert refused.returncode == 1
    assert "holds other files" in refused.stderr
    assert (mine / "thesis.txt").read_text() == "years"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "my site"]
