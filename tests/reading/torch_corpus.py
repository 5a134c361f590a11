"""Files of PyTorch that no one should open: damage, lies, bombs, and programs in disguise."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.reading import torch_files as torch
from tests.reading.networks import random
from tests.reliability.scale import tries

Write = Callable[[Path], Any]
KERNEL = random(8, 3, 5, 5)
RAW = KERNEL.tobytes()
SIZE = KERNEL.size
SHAPE, STRIDES = (8, 3, 5, 5), (75, 25, 5, 1)


def _tree(part: bytes, **more: Any) -> Write:
    """A zip with that as its pickle, and one storage."""
    return lambda path: torch.zipped(path, part, [RAW], **more)


def _view(offset: int = 0, shape: Any = SHAPE, strides: Any = STRIDES, numel: int = SIZE) -> Write:
    place = torch.storage("0", numel)
    return _tree(torch.entries({"c.weight": torch.view(place, offset, shape, strides)}))


def _with(part: bytes) -> Write:
    """A good state dict with something bad beside it."""
    return _tree(torch.entries({"c.weight": torch.tensor("0", KERNEL), "bad": part}))


def _harm(path: str, told: str = "touch {mark}") -> Write:
    """Calls a function of Python's own when it is loaded with its own pickle."""
    return lambda file: _with(torch.call(path, torch.text(told.format(mark=f"{file}.mark"))))(file)


def _legacy(keys: dict[str, tuple[int, bytes]], named: str = "0") -> Write:
    tree = torch.entries({"c.weight": torch.tensor(named, KERNEL, b"N")})
    return lambda path: torch.legacy(path, tree, keys)


def _cut(write: Write, share: float) -> Write:
    def cut(path: Path) -> None:
        write(path)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])

    return cut


def _laughs() -> bytes:
    """A key made of two, each made of two, … forty times: hashing it takes ages."""
    doubled = b"".join(b"\x94h" + bytes([level]) + b"\x86" for level in range(40))
    return b"}" + torch.text("x") + doubled + torch.number(1) + b"s"


def _swapped(path: Path) -> None:
    """One bit of a weight differs from what was written."""
    torch.zipped(path, torch.entries({"c.weight": torch.tensor("0", KERNEL)}), [RAW])
    data = bytearray(path.read_bytes())
    data[data.index(RAW) + 77] ^= 64
    path.write_bytes(data)


def _bomb(path: Path) -> None:
    """Eight megabytes of zeros in some kilobytes."""
    zeros = torch.view(torch.storage("0", 2**21), 0, (32, 64, 32, 32), (65536, 1024, 32, 1))
    tree = torch.entries({"c.weight": zeros})
    torch.zipped(path, tree, [bytes(2**23)], method=zipfile.ZIP_DEFLATED)


def _many(count: int) -> bytes:
    return torch.entries({f"{k}.weight": torch.tensor("0", KERNEL) for k in range(count)})


SAVED = _tree(torch.entries({"c.weight": torch.tensor("0", KERNEL)}))
OLD = _legacy({"0": (SIZE, RAW)})
ITSELF = b"]\x94h\x00a"
NEST = b"\x85q\x010h\x00h\x01\x81"  # an object that holds the one before
LOOP = torch.entries({"_parameters": b"}", "_modules": b"}" + torch.text("a") + b"h\x00s"})
MANY = tries(250_000, 900_000)
LARGE = [b"N0" * 600_000, b"]\x94" * 400_000 + b"0" * 399_999, b"(" * MANY, b"]" * MANY]

TORCH_CORPUS: dict[str, tuple[Write, str]] = {
    "system": (_harm("os.system"), "os.system"),
    "posix": (_harm("posix.system"), "posix.system"),
    "popen": (_harm("subprocess.Popen"), "subprocess.Popen"),
    "eval": (_harm("builtins.eval", "open('{mark}', 'w')"), "builtins.eval"),
    "exec": (_harm("__builtin__.exec", "open('{mark}', 'w')"), "__builtin__.exec"),
    "open": (_harm("builtins.open", "{mark}"), "builtins.open"),
    "stack_global": (_with(torch.text("os") + torch.text("system") + b"\x93"), "os.system"),
    "inst": (_with(b"(" + torch.text("touch x") + b"ios\nsystem\n"), "which no weights need"),
    "obj": (_with(b"(" + torch.name("my.Thing") + b"o"), "which no weights need"),
    "extension": (_with(b"\x82\x01"), "which no weights need"),
    "named_reference": (_with(b"Pmodule\n"), "which no weights need"),
    "buffer": (_with(b"\x97"), "which no weights need"),
    "no_memory": (_with(b"h\x07"), "damaged"),
    "empty_stack": (_tree(b"0"), "damaged"),
    "no_mark": (_tree(b"NNt"), "damaged"),
    "state_of_a_tuple": (_with(b")Nb"), "damaged"),
    "entries_of_a_number": (_with(b"K\x01NNs"), "damaged"),
    "elements_of_text": (_with(torch.text("a") + b"Na"), "damaged"),
    "one_entry": (_with(b"}(Nu"), "damaged"),
    "odd_float": (_with(b"Fabc\n"), "damaged"),
    "odd_number": (_with(b"I1x\n"), "damaged"),
    "odd_name": (_with(b"cos\xff\nx\n"), "damaged"),
    "number_without_end": (_with(b"L" + b"9" * 4000 + b"\n"), "digits"),
    "large_number": (_with(b"\x8b\xff\xff\xff\x7f"), "digits"),
    "line_without_end": (_with(b"V" + b"a" * 100_000), "longer than any name"),
    "long_text": (_with(b"X\xff\xff\xff\xff"), "cut short"),
    "longest_text": (_with(b"\x8d" + b"\xff" * 8), "cut short"),
    "endless": (_tree(LARGE[0] + LARGE[0]), "operations"),
    "remembers_all": (_tree(LARGE[1]), "operations"),
    "marks": (_tree(LARGE[2]), "damaged"),
    "lists": (_tree(LARGE[3] + b"\x85" * 9_000), "nested"),
    "nested": (_tree(b"]" * 100_000 + b"a" * 99_999), "nested"),
    "nested_tuples": (_tree(b")" + b"\x85" * MANY), "nested"),
    "nested_objects": (_tree(torch.name("a.b") + b"q\x000N" + NEST * (MANY // 10)), "nested"),
    "itself": (_tree(ITSELF), "kernel"),
    "laughs": (_tree(_laughs()), "kernel"),
    "loop": (_tree(torch.name("my.Net") + b")\x81\x94" + LOOP + b"b"), "kernel"),
    "too_long": (_tree(b"N" + (b"0C\xff" + bytes(255)) * 132_000), "longer than 33"),
    "calls_text": (_tree(torch.text("abc") + b")R"), "kernel"),
    "bomb": (_bomb, "would unpack"),
    "beyond": (_view(offset=1), "reaches to its byte"),
    "far_beyond": (_view(offset=2**40), "reaches to its byte"),
    "strides": (_view(strides=(75, 25, 5, 2)), "reaches to its byte"),
    "negative": (_view(strides=(75, 25, 5, -1)), "shape that no tensor has"),
    "negative_side": (_view(shape=(8, 3, 5, -5)), "shape that no tensor has"),
    "huge_side": (_view(shape=(2**60, 3, 5, 5)), "shape that no tensor has"),
    "short_strides": (_view(strides=(75, 25, 5)), "4 sides and 3 strides"),
    "repeated": (_view(shape=(2**20, 2**20, 5, 5), strides=(0, 0, 5, 1)), "again and again"),
    "numel": (_view(numel=2**47), "should have"),
    "numel_beyond": (_view(numel=2**60), "no key and size"),
    "numel_negative": (_view(numel=-1), "no key and size"),
    "no_storage": (_with(torch.view(b"N", 0, SHAPE, STRIDES)), "no storage"),
    "missing": (_with(torch.tensor("7", KERNEL)), "missing"),
    "climbing": (_with(torch.tensor("../../x", KERNEL)), "missing"),
    "reference": (_with(b"NQ"), "unknown"),
    "storage_of_cheese": (_with(torch.storage("0", 1, "Cheese")), "Cheese"),
    "too_little": (_with(torch.call("torch._utils._rebuild_tensor_v2")), "too little"),
    "two_pickles": (_tree(b"N", members={"x/data.pkl": b"N."}), "damaged|kernel|not one"),
    "two_roots": (_tree(b"N", members={"../data.pkl": b"N."}), "leads out"),
    "big_endian": (_tree(b"N", members={"byteorder2": b"", "../archive/x": b""}), "leads out"),
    "swapped": (_swapped, "check value"),
    "tensors": (_tree(_many(20_001)), "at most 20,000"),
    "old_count": (_legacy({"0": (SIZE + 1, RAW)}), "should have 600"),
    "old_huge": (_legacy({"0": (2**62, RAW)}), "should have 600"),
    "old_unused": (_legacy({"1": (SIZE, RAW)}), "none uses"),
    "old_missing": (_legacy({}), "missing"),
    "old_twice": (lambda path: _twice(path), "none uses"),
    **{f"cut_{k}": (_cut(SAVED, k / 10), "zip|known|empty") for k in range(1, 10)},
    **{f"old_cut_{k}": (_cut(OLD, k / 10), "cut short|known|damaged") for k in range(1, 10)},
}  # fmt: skip


def _twice(path: Path) -> None:
    OLD(path)
    data = path.read_bytes()
    path.write_bytes(
        data.replace(b"](" + torch.text("0") + b"e", b"](" + torch.text("0") * 2 + b"e")
    )
