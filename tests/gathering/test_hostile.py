"""Files made to harm: each ends in a sentence or is left out, soon and with little memory."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.gathering.aside import GatherProcess
from app.gathering.request import GatherRequest, NotGathered, PicturesWanted
from tests.gathering.samples import (
    as_folder,
    as_zip,
    encoded,
    gathered,
    pixels,
    refusal,
    two_classes,
)

Make = Callable[[Path], object]


def _named(name: str, **fields: Any) -> Make:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            info = zipfile.ZipInfo(name)
            for field, value in fields.items():
                setattr(info, field, value)
            archive.writestr(info, encoded(pixels(1)))
            for other, data in two_classes(2).items():
                archive.writestr(other, data)

    return make


def _encrypted(path: Path) -> None:
    content = bytearray(as_zip(path, two_classes(2)).read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + flags] |= 1
    path.write_bytes(bytes(content))


def _long_list(path: Path) -> None:
    content = as_zip(path, two_classes(2)).read_bytes()
    at = content.rindex(b"PK\x05\x06")
    path.write_bytes(content[: at + 12] + struct.pack("<L", 2**31) + content[at + 16 :])


def _cut(path: Path) -> None:
    path.write_bytes(as_zip(path, two_classes(2)).read_bytes()[:-40])


def _array(header: bytes) -> Make:
    def make(path: Path) -> None:
        head = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header
        labels = io.BytesIO()
        np.save(labels, np.zeros(4, np.int64))
        as_zip(path, {"x.npy": head + b"\0" * 64, "y.npy": labels.getvalue()})

    return make


def _headed(shape: str, descr: str = "'|u1'") -> Make:
    said = f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}"
    return _array(said.encode())


REFUSED: dict[str, tuple[Make, str]] = {
    "up": (_named("../out/1.png"), "leads out of it"),
    "up behind": (_named("cats/../../1.png"), "leads out of it"),
    "up in Windows": (_named("..\\out\\1.png"), "leads out of it"),
    "absolute": (_named("/etc/1.png"), "leads out of it"),
    "a drive": (_named("C:/x/1.png"), "leads out of it"),
    "a link": (_named("cats/l.png", external_attr=0o120777 << 16), "holds a link"),
    "encrypted": (_encrypted, "is encrypted"),
    "a long list": (_long_list, "list of files is too long"),
    "cut": (_cut, "damaged or cut off"),
    "nothing": (lambda path: path.write_bytes(b""), "neither a folder, nor a zip"),
    "an empty zip": (lambda path: as_zip(path, {}), "no picture that can be read"),
    "a lone head": (lambda path: path.write_bytes(b"PK\x03\x04" * 100), "damaged or cut off"),
    "a huge array": (_headed("(1000000000000, 32, 32, 3)"), "bytes, which aren't there"),
    "lengths below zero": (_headed("(-4, 32, 32)"), ""),
    "a length that overflows": (_headed("(9223372036854775807, 9223372036854775807)"), ""),
    "pickled": (_headed("(4, 2, 2)", "'|O'"), "pickled Python objects"),
    "code as a header": (_array(b"__import__('os').system('true')"), "no array that can be read"),
    "a deep header": (_array(b"(" * 9000), "no array that can be read"),
    "no array": (lambda path: as_zip(path, {"x.npy": b"no", "y.npy": b"no"}), "no array"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_no_honest_source_is_ends_in_a_sentence(case: str, tmp_path: Path) -> None:
    make, words = REFUSED[case]
    make(tmp_path / "hostile")
    assert words in refusal(tmp_path / "hostile", tmp_path / "kept")


def _png(*chunks: tuple[bytes, bytes]) -> bytes:
    parts = [
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
        for kind, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _png_header(width: int, height: int) -> tuple[bytes, bytes]:
    return b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)


_ZEROS = zlib.compress(bytes(50_000_000), 9)
LEFT_OUT: dict[str, tuple[bytes, str]] = {
    "a bomb by its size": (_png(_png_header(60_000, 60_000), (b"IDAT", _ZEROS)), "25,000,000"),
    "a bomb in its words": (
        _png(_png_header(8, 8), (b"zTXt", b"k\0\0" + _ZEROS), (b"IEND", b"")),
        "",
    ),
    "no size": (_png(_png_header(0, 0)), ""),
    "cut": (encoded(pixels(9))[:-30], "damaged"),
    "a cut JPEG": (encoded(pixels(9), "JPEG")[:200], "damaged"),
    "a zip": (b"PK\x03\x04" + bytes(100), "archives aren't opened twice"),
    "a program": (b"\x7fELF" + bytes(100), "no picture of a kind that is read"),
    "PostScript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "no picture of a kind"),
    "empty": (b"", "it is empty"),
    "a GIF of nothing": (b"GIF89a" + bytes(10), ""),
    "a WebP of nothing": (b"RIFF\x10\0\0\0WEBPVP8 " + bytes(8), ""),
    "a BMP that lies": (encoded(pixels(9), "BMP")[:18] + struct.pack("<ll", 70000, 70000), ""),
}


@pytest.mark.parametrize("case", LEFT_OUT)
def test_a_hostile_picture_is_left_out_and_the_others_go_on(case: str, tmp_path: Path) -> None:
    data, words = LEFT_OUT[case]
    path = as_zip(tmp_path / "pets.zip", {**two_classes(3), "cats/hostile.png": data})
    kept = gathered(path, tmp_path / "kept")
    assert [one.name for one in kept.left_out] == ["cats/hostile.png"]
    assert words in kept.left_out[0].why


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    folder = as_folder(tmp_path / "pets", two_classes(3))
    secret = as_folder(tmp_path / "secret", {"9.png": encoded(pixels(9))})
    (folder / "cats" / "link.png").symlink_to(secret / "9.png")
    (folder / "linked").symlink_to(secret)
    kept = gathered(folder, tmp_path / "kept")
    assert kept.class_names == ("cats", "dogs")
    assert {(one.name, one.why) for one in kept.left_out} == {
        ("cats/link.png", "it is a link"),
        ("linked", "it is a link"),
    }


def test_an_entry_that_says_another_size_than_it_has_is_left_out(tmp_path: Path) -> None:
    data = encoded(pixels(9))
    content = as_zip(tmp_path / "z", {**two_classes(3), "cats/9.png": data}).read_bytes()
    at = content.rindex(b"PK\x01\x02")
    said = struct.pack("<L", len(data) // 2)
    (tmp_path / "z").write_bytes(content[: at + 24] + said + content[at + 28 :])
    kept = gathered(tmp_path / "z", tmp_path / "kept")
    assert [one.name for one in kept.left_out] == ["cats/9.png"]


def test_the_largest_pictures_that_are_allowed_fit_the_memory_that_is(tmp_path: Path) -> None:
    pale = np.full((5000, 5000, 4), 99, np.uint8)
    files = {
        **two_classes(3),
        "cats/large.png": encoded(pale, compress_level=1),
        "cats/packed.png": _png(_png_header(8, 8), (b"IDAT", _ZEROS), (b"IEND", b"")),
        "dogs/zeros.png": bytes(99_000_000),
    }
    path = as_zip(tmp_path / "pets.zip", files)
    request = GatherRequest(path, "pets.zip", "own", PicturesWanted(), tmp_path / "kept")
    kept = GatherProcess(request).result(lambda _done, _total, _name: None)
    assert [one.name for one in kept.left_out] == ["dogs/zeros.png"]


def test_a_process_that_is_killed_is_told_with_where_it_was(tmp_path: Path) -> None:
    files = {f"cats/{place}.png": encoded(pixels(1)) for place in range(2000)}
    path = as_folder(tmp_path / "pets", files)
    request = GatherRequest(path, "pets", "own", PicturesWanted(), tmp_path / "kept")
    process = GatherProcess(request)

    def kill(_done: int, _total: int, _name: str) -> None:
        process._process.kill()

    with pytest.raises(NotGathered, match=r"pictures died; .*, near cats/"):
        process.result(kill)
