"""`data add|list|remove`, as a user types them."""

from pathlib import Path

import pytest

from app.__main__ import main
from app.kept_pictures import all_kept
from app.store import NewRun
from tests.gathering.samples import as_folder, two_classes
from tests.store.samples import new_run, open_store


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setenv("FILTERSCOPE_DATA", str(folder))
    return folder


def test_pictures_are_added_listed_and_removed(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pets = as_folder(tmp_path / "pets", {**two_classes(), "cats/notes.txt": b"x", ".DS_Store": b""})
    assert main(["data", "add", "Tiere", str(pets), "--size", "28", "--channels", "1"]) == 0
    told = capsys.readouterr()
    kept = all_kept(data / "pictures")[0]
    assert f"{kept.reference}  " in told.out
    assert "28×28 in gray, 2 classes" in told.out
    assert "1 hidden files were passed over." in told.out
    assert "cats/notes.txt: it is no picture of a kind that is read" in told.err

    assert main(["data", "list"]) == 0
    assert capsys.readouterr().out.startswith(kept.reference)
    assert main(["data", "add", "Tiere", str(pets)]) == 1
    assert "a data set is called Tiere already" in capsys.readouterr().err

    assert main(["data", "remove", "Tiere"]) == 0
    assert main(["data", "list"]) == 0
    assert "no pictures of your own" in capsys.readouterr().out


def test_pictures_that_runs_need_are_removed_only_by_who_says_so(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["data", "add", "pets", str(as_folder(tmp_path / "pets", two_classes()))]) == 0
    kept = all_kept(data / "pictures")[0]
    with open_store(data) as store:
        plain = new_run("0123456789ab")
        described = plain.described.model_copy(update={"dataset": kept.reference})
        run: NewRun = plain._replace(described=described)
        store.create_run(run).result()
    assert main(["data", "remove", "pets"]) == 1
    assert "1 runs need them" in capsys.readouterr().err
    assert main(["data", "remove", "pets", "--even-if-needed"]) == 0
    assert not all_kept(data / "pictures")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["pets", "nowhere"], "there is nothing at"),
        (["a/b", "."], "the name can't hold /"),
        (["pets", ".", "--size", "33"], "size is '33'; possible are 28, 32, 48, 64, 96"),
    ],
)
def test_what_can_not_be_added_is_said(
    arguments: list[str], words: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["data", "add", *arguments]) == 1
    assert words in capsys.readouterr().err
    assert not data.exists()
