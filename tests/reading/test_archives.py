"""Zip files of strangers are looked into without unpacking them, and bombs and tricks refused."""

import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from app.reading.archives import ZipArchive
from app.reading.contents import WeightsUnreadable

Fill = Callable[[zipfile.ZipFile], None]


def _zip(path: Path, fill: Fill, method: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        fill(file)
    return path


def _link(file: zipfile.ZipFile) -> None:
    link = zipfile.ZipInfo("data/0")
    link.external_attr = 0o120777 << 16
    file.writestr(link, "/etc/passwd")


def _twice(file: zipfile.ZipFile) -> None:
    file.writestr("data/0", b"one")
    with pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("data/0", b"two")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_piece_of_a_member_is_what_was_written(tmp_path: Path, method: int) -> None:
    data = bytes(range(256)) * 40
    path = _zip(tmp_path / "x", lambda file: file.writestr("a/b", data), method)
    piece = ZipArchive(path).piece("a/b")
    assert piece.size == len(data)
    assert piece.read(300, 70) == data[300:370]
    assert piece.read(0, piece.size) == data


@pytest.mark.parametrize(
    ("fill", "says"),
    [
        (lambda file: file.writestr("../up", b""), "leads out of it"),
        (lambda file: file.writestr("/etc/x", b""), "leads out of it"),
        (lambda file: file.writestr("C:/x", b""), "leads out of it"),
        (lambda file: file.writestr("a/../../x", b""), "leads out of it"),
        (_link, "a link"),
        (_twice, "two members of one name"),
    ],
)
def test_what_no_file_of_weights_needs_is_refused(tmp_path: Path, fill: Fill, says: str) -> None:
    with pytest.raises(WeightsUnreadable, match=says):
        ZipArchive(_zip(tmp_path / "x", fill))


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    path = _zip(tmp_path / "x", lambda file: file.writestr("a", b"1"))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(WeightsUnreadable, match="encrypted"):
        ZipArchive(path)


def test_a_bomb_isnt_unpacked(tmp_path: Path) -> None:
    zeros = bytes(8 * 1024**2)
    path = _zip(tmp_path / "x", lambda file: file.writestr("a", zeros), zipfile.ZIP_DEFLATED)
    with pytest.raises(WeightsUnreadable, match="would unpack to 8,388,608 bytes"):
        ZipArchive(path).piece("a")


def test_a_member_that_unpacks_to_more_than_it_says_is_cut_off_and_refused(tmp_path: Path) -> None:
    path = _zip(tmp_path / "x", lambda f: f.writestr("a", bytes(10**6)), zipfile.ZIP_DEFLATED)
    data = path.read_bytes().replace((10**6).to_bytes(4, "little"), (10**4).to_bytes(4, "little"))
    path.write_bytes(data)
    with pytest.raises(WeightsUnreadable, match="isn't what was packed"):
        ZipArchive(path).read("a", 10**6)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_changed_byte_is_noticed_whichever_piece_is_asked_for(
    tmp_path: Path, method: int
) -> None:
    data = bytes(range(256)) * 40
    path = _zip(tmp_path / "x", lambda file: file.writestr("a", data), method)
    raw = bytearray(path.read_bytes())
    raw[200] ^= 1
    path.write_bytes(raw)
    piece = ZipArchive(path).piece("a")
    with pytest.raises(WeightsUnreadable, match="a "):
        piece.read(piece.size - 10, 10)


def test_a_zip_without_check_values_is_read(tmp_path: Path) -> None:
    path = _zip(tmp_path / "x", lambda file: file.writestr("a", b"abc"))
    path.write_bytes(path.read_bytes().replace(zlib.crc32(b"abc").to_bytes(4, "little"), bytes(4)))
    assert ZipArchive(path).read("a", 3) == b"abc"


def test_more_members_than_any_network_has_tensors_are_not_listed(tmp_path: Path) -> None:
    path = _zip(tmp_path / "x", lambda file: file.writestr("a", b""))
    data = path.read_bytes()
    begins, ends = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    listed = data[begins:ends] * 50_001
    end = bytearray(data[ends:])
    end[8:16] = (50_001).to_bytes(2, "little") * 2 + len(listed).to_bytes(4, "little")
    path.write_bytes(data[:begins] + listed + end)
    with pytest.raises(WeightsUnreadable, match="lists 50,001 members"):
        ZipArchive(tmp_path / "x")


def test_a_file_that_changes_between_two_pieces_is_not_mixed(tmp_path: Path) -> None:
    path = _zip(tmp_path / "x", lambda file: file.writestr("a", b"abc"))
    piece = ZipArchive(path).piece("a")
    _zip(path, lambda file: file.writestr("a", b"abcdef"))
    with pytest.raises(WeightsUnreadable, match="changed while it was read"):
        piece.read(0, 3)


def test_what_isnt_there_is_named(tmp_path: Path) -> None:
    path = _zip(tmp_path / "x", lambda file: file.writestr("a", b"abc"))
    with pytest.raises(WeightsUnreadable, match="b is missing"):
        ZipArchive(path).piece("b")
    with pytest.raises(WeightsUnreadable, match="has 3 bytes, and byte 5 is needed"):
        ZipArchive(path).piece("a").read(1, 4)
    path.write_bytes(path.read_bytes()[:-4])
    with pytest.raises(WeightsUnreadable, match="its zip is damaged"):
        ZipArchive(path)
