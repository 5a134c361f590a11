"""Traps in the ways of Keras: HDF5 files that lead elsewhere or lie, and zips around them."""

import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from tests.reading.keras_files import (
    counted_h5,
    keras_zip,
    layer,
    named_h5,
    numbers,
    sequential,
)
from tests.reading.traps import Trap, patched, written

KERNEL = numbers(5, 5, 3, 8)
CONFIG = sequential(
    layer("InputLayer", "in", batch_shape=[None, 12, 12, 3]),
    layer("Conv2D", "stem", kernel_size=[5, 5], filters=8, strides=[1, 1], padding="same"),
    layer("Flatten", "flat"),
    layer("Dense", "out", units=4),
)
PLACES = {"layers/conv2d": [KERNEL, numbers(8)], "layers/dense": [numbers(1152, 4)]}
_NAMED = {"stem": {"stem/kernel:0": KERNEL, "stem/bias:0": numbers(8)}}
_TH = {"stem": {"stem_W": KERNEL.transpose(3, 2, 0, 1), "stem_b": numbers(8)}}
_LATEST: dict[str, Any] = {"libver": "latest", "track_order": True}


def valid_files(folder: Path) -> list[Path]:
    """Writes one valid file of each way that Keras has."""
    weights = counted_h5(PLACES)
    newer = counted_h5({f"layers/conv2d_{n}": [numbers(3, 3, 2, 2)] for n in range(12)}, **_LATEST)
    packed = folder / "packed.h5"
    with h5py.File(packed, "w") as file:
        file["layers/conv2d/vars/0"] = KERNEL
        settings = {"compression": "gzip", "shuffle": True, "fletcher32": True}
        file.create_dataset("layers/dense/vars/0", data=numbers(64, 9), chunks=(16, 4), **settings)
        file["layers/dense/vars/1"] = numbers(9)
    return [
        keras_zip(folder / "plain.keras", CONFIG, weights),
        keras_zip(folder / "packed.keras", CONFIG, weights, packed=True),
        written(folder / "counted.h5", weights),
        written(folder / "newer.h5", newer),
        packed,
        named_h5(folder / "named.h5", _NAMED, CONFIG),
        named_h5(folder / "th.h5", _TH, version=None, backend="theano"),
    ]


def traps() -> list[Trap]:
    """Lists them."""
    return [*_hdf5_traps(), *_patched_traps(), *_zip_traps()]


def _hdf5(name: str, fill: Callable[[h5py.File], object], says: str) -> Trap:
    def make(path: Path) -> None:
        with h5py.File(path, "w") as file:
            fill(file)

    return Trap(name, make, says)


def _place(file: h5py.File) -> h5py.Group:
    return file.require_group("layers/conv2d/vars")


def _put(file: h5py.File, **settings: Any) -> None:
    _place(file).create_dataset("0", **settings)


def _external(file: h5py.File) -> None:
    _put(file, shape=(5, 5, 3, 8), dtype="f4", external=[("/etc/passwd", 0, 2400)])


def _virtual(file: h5py.File) -> None:
    layout = h5py.VirtualLayout((5, 5, 3, 8), "f4")
    layout[:] = h5py.VirtualSource("other.h5", "w", (5, 5, 3, 8))
    _place(file).create_virtual_dataset("0", layout)


def _link(link: Any) -> Callable[[h5py.File], None]:
    def fill(file: h5py.File) -> None:
        _place(file)["0"] = link

    return fill


def _loop(file: h5py.File) -> None:
    file["layers/again"] = file.require_group("layers")


def _deep(file: h5py.File) -> None:
    file.create_group("/".join("a" * 200))


def _many(file: h5py.File) -> None:
    file["one"] = numbers(1)
    group = file.create_group("many")
    for number in range(20_001):
        group.id.links.create_hard(b"%d" % number, file.id, b"one")


def _bombs(file: h5py.File) -> None:
    settings = {"maxshape": (None,) * 4, "chunks": (3, 3, 512, 512), "compression": "gzip"}
    array = _place(file).create_dataset("0", (40, 3, 9, 9), "f4", **settings)
    array[::3] = numbers(14, 3, 9, 9)


def _attributes(file: h5py.File) -> None:
    one = file.create_group("one")
    for number in range(3000):
        one.attrs[str(number)] = number
    for number in range(60):
        file.id.links.create_hard(b"again %d" % number, file.id, b"one")


def _described() -> bytes:
    return b'{"config":{"layers":[' + b",".join([b'{"config":{}}'] * 60_000) + b"]}}"


def _config(text: bytes) -> Callable[[h5py.File], None]:
    def fill(file: h5py.File) -> None:
        file.attrs["layer_names"] = [b"stem"]
        file.attrs["model_config"] = text
        file.create_group("stem").attrs["weight_names"] = [b"stem/kernel:0"]
        file["stem/stem/kernel:0"] = KERNEL

    return fill


def _named_type(file: h5py.File) -> None:
    file["type"] = np.dtype("f4")
    _put(file, data=KERNEL, dtype=file["type"])


_ELSEWHERE = r"another file and isn't fetched; save it"
_LINKED = r"link to somewhere else, which isn't followed; save"


def _hdf5_traps() -> list[Trap]:
    zeros = np.zeros((5, 5, 3, 8), "f4")
    bomb = {"dtype": "f4", "chunks": (3, 3, 999, 999), "compression": "gzip"}
    return [
        _hdf5("external storage", _external, _ELSEWHERE),
        _hdf5("virtual storage", _virtual, _ELSEWHERE),
        _hdf5("external link", _link(h5py.ExternalLink("/etc/passwd", "w")), _LINKED),
        _hdf5("soft link", _link(h5py.SoftLink("/layers")), _LINKED),
        _hdf5("a group in itself", _loop, r"holds itself"),
        _hdf5("deep groups", _deep, r"deeper than any"),
        _hdf5("many arrays", _many, r"save the weights alone"),
        _hdf5("nothing of keras", lambda file: file.create_group("a"), r"no layers of Keras"),
        _hdf5("named type", _named_type, r"save it with Keras once more"),
        _hdf5("never written", lambda f: _put(f, shape=(5, 5, 3, 8), dtype="f4"), r"never written"),
        _hdf5(
            "array too large",
            lambda f: _put(f, shape=(9999, 99, 4, 30), dtype="f4"),
            r"kernel may hold",
        ),
        _hdf5(
            "bomb", lambda f: _put(f, data=np.zeros((3, 3, 999, 999), "f4"), **bomb), r"unpacks to"
        ),
        _hdf5("bombs in small", _bombs, r"unpacks to"),
        _hdf5("many attributes", _attributes, r"steps to read"),
        _hdf5("many described", _config(_described()), r"more than 50,000 layers"),
        _hdf5("lzf", lambda f: _put(f, data=zeros, compression="lzf"), r"filter 32000"),
        _hdf5("szip", lambda f: _put(f, data=zeros, scaleoffset=2), r"filter 6"),
        _hdf5(
            "pieces missing",
            lambda f: _put(f, shape=(8, 8, 3, 8), dtype="f4", chunks=True),
            r"never written",
        ),
        _hdf5("config is no JSON", _config(b'{"class_name": '), r"model_config is no JSON"),
        _hdf5("config without end", _config(b"[" * 400_000), r"model_config is no JSON"),
        _hdf5("config of commas", _config(b"[" + b"0," * 600_000), r"larger than that of any"),
    ]


def _patched(name: str, old: bytes, new: bytes, at: int, says: str) -> Trap:
    def make(path: Path) -> None:
        data = counted_h5({"layers/conv2d": [KERNEL]})
        written(path, patched(data, old, new, at=at))

    return Trap(name, make, says)


def _patched_traps() -> list[Trap]:
    most = b"\xff" * 8
    shape = struct.pack("<4Q", 5, 5, 3, 8)
    return [
        _patched("superblock of 99", b"\x89HDF", b"\x63", 8, r"superblock isn't known"),
        _patched("addresses of 4 bytes", b"\x89HDF", b"\x04", 13, r"aren't of 8 bytes"),
        _patched("end beyond the file", b"\x89HDF", most, 40, r"bytes long and should be"),
        _patched("root elsewhere", b"\x89HDF", most, 64, r"ends at byte"),
        _patched("tree at the wrong level", b"TREE", b"\x07", 5, r"no object header|B-tree|begin"),
        _patched("tree of 65,535", b"TREE", b"\xff\xff", 6, r"ends at byte|begin as one"),
        _patched("heap without end", b"HEAP", most, 8, r"ends at byte|take more"),
        _patched("table of 65,535", b"SNOD", b"\xff\xff", 6, r"ends at byte|outside|header"),
        _patched("name outside", b"SNOD", most, 8, r"outside its heap"),
        _patched("object nowhere", b"SNOD", most, 16, r"ends at byte"),
        _patched("sides without end", shape, most, 0, r"no layer with a kernel"),
        _patched("sides that don't fit", shape, struct.pack("<Q", 50), 0, r"are needed"),
    ]


def _zip(name: str, put: Callable[[zipfile.ZipFile], object], says: str) -> Trap:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("config.json", json.dumps(CONFIG))
            archive.writestr("metadata.json", "{}")
            put(archive)

    return Trap(name, make, says)


def _weights(data: bytes, **settings: Any) -> Callable[[zipfile.ZipFile], object]:
    return lambda archive: archive.writestr("model.weights.h5", data, **settings)


def _member(name: str, mode: int = 0) -> Callable[[zipfile.ZipFile], object]:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16

    def put(archive: zipfile.ZipFile) -> None:
        archive.writestr("model.weights.h5", counted_h5(PLACES))
        archive.writestr(info, "/etc/passwd")

    return put


def _zip_traps() -> list[Trap]:
    packed = {"compress_type": zipfile.ZIP_DEFLATED}
    return [
        _zip("no weights", lambda _: None, r"model.weights.h5 is missing"),
        _zip("weights of text", _weights(b"weights"), r"begin as one|shorter"),
        _zip("weights cut", _weights(counted_h5(PLACES)[:-9]), r"should be|ends at"),
        _zip("weights that unpack", _weights(bytes(2**26), **packed), r"unpack to"),
        _zip("path out", _member("../model.weights.h5"), r"leads out of it"),
        _zip("path from the root", _member("/etc/passwd"), r"leads out of it"),
        _zip("link", _member("model", 0o120777), r"a link"),
        Trap("packed config", _packed_config, r"unpack to|larger|at most"),
        Trap("config cut", _cut_config, r"config.json in it is no JSON"),
        Trap("twice", _twice, r"two members of one name"),
        Trap("encrypted", _encrypted, r"encrypted"),
        Trap("a number changed", _changed, r"check value"),
    ]


def _packed_config(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", b"[" + b" " * 50_000_000)
        archive.writestr("model.weights.h5", counted_h5(PLACES))


def _cut_config(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.json", json.dumps(CONFIG)[:-5])
        archive.writestr("model.weights.h5", counted_h5(PLACES))


def _twice(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("model.weights.h5", counted_h5(PLACES))
        archive.writestr("model.weights.h6", "")
    written(path, path.read_bytes().replace(b"weights.h6", b"weights.h5"))


def _encrypted(path: Path) -> None:
    keras_zip(path, CONFIG, counted_h5(PLACES))
    written(path, patched(path.read_bytes(), b"PK\x01\x02", b"\x01", at=8))


def _changed(path: Path) -> None:
    keras_zip(path, CONFIG, counted_h5(PLACES))
    number = KERNEL.tobytes()[:16]
    written(path, patched(path.read_bytes(), number, b"\0\0\0\0"))
