"""Files of weights as recordings: what a watched training would have sent."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.external.packets import packets_in
from app.inspection.refused import Refused
from app.opening.files import LARGEST_PACKET, FileToOpen, NothingToOpen, files_at, title_of
from app.opening.limits import bounded_time
from app.opening.recorded import write_recording
from app.reading.contents import WeightsUnreadable
from tests.opening.checkpoints import SECOND_SHAPE, SHAPE, checkpoint, kernel, other_network


def recorded(*paths: Path, name: str = "mine") -> list[tuple[dict[str, Any], bytes]]:
    """The packets of the files at those paths."""
    out = io.BytesIO()
    write_recording(out, files_at(paths), name, None)
    out.seek(0)
    return [(header, bytes(blob)) for header, blob in packets_in(out, LARGEST_PACKET)]


def test_one_file_is_a_run_with_one_frame_that_claims_no_beginning(tmp_path: Path) -> None:
    begin, (header, blob) = recorded(checkpoint(tmp_path / "net.keras", 1))
    said = begin[0]["registration"]
    assert (said["source"], said["begins"], said["framework"]) == (
        "opened",
        "unknown",
        "Keras 3.15.1",
    )
    assert [layer["title"] for layer in said["layers"]] == ["stem", "second"]
    snapshot, end = header["items"]
    assert snapshot["arrays"][0] == [0, "kernel", list(SHAPE)]
    assert [array[2] for array in snapshot["arrays"]][2] == list(SECOND_SHAPE)
    assert blob.startswith(kernel(1).tobytes())
    assert (end["kind"], end["outcome"]) == ("end", "finished")


def test_the_same_files_make_the_same_run_and_others_another(tmp_path: Path) -> None:
    first = checkpoint(tmp_path / "a.keras", 1)
    again = checkpoint(tmp_path / "b.keras", 1)
    other = checkpoint(tmp_path / "c.keras", 2)
    keys = [recorded(path)[0][0]["key"] for path in (first, again, other)]
    assert keys[0] == keys[1] != keys[2]
    assert recorded(first, other)[0][0]["key"] not in keys


def test_a_folder_is_a_film_by_its_epochs_and_says_what_is_left_out(tmp_path: Path) -> None:
    for epoch in (10, 2, 1):
        checkpoint(tmp_path / f"run/weights_epoch{epoch}-0.{epoch}.keras", epoch)
    checkpoint(tmp_path / "run/best.keras", 10)
    other_network(tmp_path / "run/epoch3.h5")
    (tmp_path / "run/notes.txt").write_text("hello")
    (tmp_path / "run/.hidden").write_text("hello")
    begin, *batches = recorded(tmp_path / "run")
    items = [item for header, _ in batches for item in header["items"]]
    assert [item["step"] for item in items] == [1, 2, 10, 10]
    assert begin[0]["registration"]["step_unit"] == "epoch"
    assert begin[0]["opened"]["frames"] == 3
    left_out = {one["name"].partition("/")[2]: one["why"] for one in begin[0]["opened"]["left_out"]}
    assert left_out.keys() == {"best.keras", "epoch3.h5", "notes.txt"}
    assert "its layers are others" in left_out["epoch3.h5"]
    assert any("best.keras" in note for note in begin[0]["registration"]["notes"])


def test_files_without_steps_are_counted_and_that_is_said(tmp_path: Path) -> None:
    paths = [checkpoint(tmp_path / name, seed) for seed, name in enumerate(("b.keras", "a.keras"))]
    begin, *batches = recorded(*paths)
    assert begin[0]["registration"]["step_unit"] == "file"
    assert any("No name tells a step" in note for note in begin[0]["registration"]["notes"])
    assert batches[0][1].startswith(kernel(1).tobytes())  # a.keras


def test_weights_that_are_no_numbers_are_kept_as_they_are(tmp_path: Path) -> None:
    broken = kernel(1)
    broken[0, 0, 0, 0] = np.nan
    _, (_, blob) = recorded(checkpoint(tmp_path / "net.keras", 1, broken))
    assert blob.startswith(broken.tobytes())


def test_layers_without_room_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.opening.film.LONE_BYTES", 500)
    begin, (header, _) = recorded(checkpoint(tmp_path / "net.keras", 1))
    assert [array[0] for array in header["items"][0]["arrays"]] == [0, 0]
    assert "Not kept of the file, for want of room: second." in begin[0]["registration"]["notes"]


def test_what_no_reader_foresaw_ends_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> object:
        raise KeyError("x")

    monkeypatch.setattr("app.opening.film.weights_in", fails)
    with pytest.raises(Refused, match="It isn't as its format has it"):
        recorded(checkpoint(tmp_path / "net.keras", 1))


def test_reading_that_takes_too_long_is_ended() -> None:
    with pytest.raises(WeightsUnreadable, match=r"more than 0.05 s"), bounded_time(0.05):
        _computes_for_ever()


def test_paths_to_nothing_are_named(tmp_path: Path) -> None:
    with pytest.raises(NothingToOpen, match="there is no file or folder at"):
        files_at([tmp_path / "missing"])
    with pytest.raises(NothingToOpen, match="there is no file in"):
        files_at([tmp_path])


def test_a_run_is_called_after_its_file_or_folder(tmp_path: Path) -> None:
    checkpoint(tmp_path / "checkpoint-500/model.keras", 1)
    [file] = files_at([tmp_path / "checkpoint-500/model.keras"])
    assert file == FileToOpen(tmp_path / "checkpoint-500/model.keras", "checkpoint-500/model.keras")
    assert title_of(["a.pt"]) == "a.pt"
    assert title_of(["run/x/a.pt", "run/b.pt"]) == "run"
    assert title_of(["a.pt", "b.pt"]) == "2 files"


def _computes_for_ever() -> None:
    count = 0
    while True:
        count += 1
