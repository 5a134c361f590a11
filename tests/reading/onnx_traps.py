"""Traps in the ways of ONNX: messages that lie, and numbers that lead out of the folder."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from app.export.models.wire import block, real, whole
from tests.reading import onnx_files as onnx
from tests.reading.keras_files import numbers
from tests.reading.traps import Trap, written


def valid_files(folder: Path) -> list[Path]:
    """Writes a plain model, and one whose weights are whole numbers with a scale."""
    return [
        written(folder / "plain.onnx", _onnx()),
        written(folder / "whole.onnx", _whole_numbers()),
    ]


def traps() -> list[Trap]:
    """Lists them."""
    return [*_onnx_traps(), *_beside_traps()]


def _onnx() -> bytes:
    kernel, product = numbers(8, 3, 5, 5), numbers(4, 8)
    nodes = [
        onnx.node("Conv", ["x", "stem.weight", "stem.bias"], "a", strides=[1, 1], pads=[2] * 4),
        onnx.node("Relu", ["a"], "b"),
        onnx.node("Constant", [], "w", value=onnx.tensor("w", numbers(8, 1, 3, 3))),
        onnx.node("Conv", ["b", "w"], "c", "apart", group=8),
        onnx.node("GlobalAveragePool", ["c"], "d"),
        onnx.node("Flatten", ["d"], "e"),
        onnx.node("Gemm", ["e", "out.weight"], "f", transB=1),
    ]
    tensors = [
        onnx.tensor("stem.weight", kernel),
        onnx.tensor("stem.bias", numbers(8)),
        onnx.tensor("out.weight", product),
    ]
    ports = [onnx.port("x", 0, 3, 12, 12)]
    return onnx.model(onnx.graph(nodes, tensors, ports), filterscope="1", step="70")


def _whole_numbers() -> bytes:
    values = np.arange(-54, 54, dtype="i1").reshape(4, 3, 3, 3)
    nodes = [
        onnx.node("DequantizeLinear", ["q", "s", "z"], "w", axis=0),
        onnx.node("Conv", ["x", "w"], "y", "stem"),
    ]
    tensors = [
        onnx.tensor("q", values),
        onnx.tensor("s", np.float32([0.5, 0.25, 2, 1])),
        onnx.tensor("z", np.int8([0, 1, 2, 3])),
    ]
    return onnx.model(onnx.graph(nodes, tensors))


def _onnx_trap(name: str, data: Callable[[], bytes], says: str) -> Trap:
    return Trap(name, lambda path: written(path, data()), says)


def _nested(depth: int) -> bytes:
    inner = onnx.graph([onnx.node("Relu", ["x"], "y")])
    for _ in range(depth):
        inner = onnx.graph([onnx.with_graph("If", inner)])
    return onnx.model(inner)


def _circle() -> bytes:
    return onnx.model(onnx.graph([onnx.node("Relu", ["a"], "b"), onnx.node("Relu", ["b"], "a")]))


def _turned_wrongly() -> bytes:
    nodes = [
        onnx.node("Transpose", ["w"], "t", perm=[0, 0, 1, 9]),
        onnx.node("Conv", ["x", "t"], "y"),
    ]
    return onnx.model(onnx.graph(nodes, [onnx.tensor("w", numbers(2, 2, 3, 3))]))


def _shaped(*shape: int) -> bytes:
    return onnx.sides(shape) + whole(2, 1) + block(8, "stem.weight") + block(9, bytes(16))


def _singles(count: int) -> bytes:
    held = real(4, 1.0) * count
    return onnx.sides((1, 1, 1, count)) + whole(2, 1) + block(8, "stem.weight") + held


def _onnx_traps() -> list[Trap]:
    runs_on = b"\x08\x08" + b"\x3a" + b"\xff" * 11
    four_bits = onnx.tensor("stem.weight", numbers(1, 1, 1, 1), dtype=22)
    named = block(8, "stem.weight")
    packed = onnx.sides((1, 1, 1, 1)) + whole(2, 10) + named + block(5, bytes(99))
    models: dict[str, tuple[Callable[[], bytes], str]] = {
        "no graph": (lambda: whole(1, 8) + block(2, "pytorch"), r"no graph"),
        "number without end": (lambda: runs_on, r"has no end"),
        "part beyond the end": (lambda: b"\x08\x08\x3a\x7f\x0a", r"beyond what holds"),
        "no such field": (lambda: b"\x08\x08\x3a\x01\x07", r"no field at its byte"),
        "graphs in graphs": (lambda: _nested(40), r"deeper than any"),
        "a circle": (_circle, r"in a circle"),
        "axes that it hasn't": (_turned_wrongly, r"which it hasn't"),
        "sides beyond all": (lambda: onnx.one_layer(_shaped(2**50, 1, 3, 3)), r"shape"),
        "sides below none": (lambda: onnx.one_layer(_shaped(-1, 1, 3, 3)), r"shape"),
        "many sides": (lambda: onnx.one_layer(_shaped(*[1] * 99)), r"shape"),
        "larger than is read": (
            lambda: onnx.one_layer(_shaped(2**12, 2**11, 3, 3)),
            r"no layer with",
        ),
        "too few bytes": (lambda: onnx.one_layer(_shaped(2, 2, 2, 2)), r"doesn't fit"),
        "four bits": (lambda: onnx.one_layer(four_bits), r"type 22"),
        "more numbers than sides": (lambda: onnx.one_layer(packed), r"more numbers"),
        "many parts": (lambda: onnx.one_layer(_singles(600_000)), r"parts"),
        "many tensors": (lambda: _of(onnx.graph([], [block(8, "w")] * 20_001)), r"20,000 tensors"),
        "many operators": (lambda: _of(onnx.graph([block(4, "Relu")] * 50_001)), r"operators"),
        "long names": (lambda: _of(onnx.graph([block(3, bytes(34_000_000))])), r"names and set"),
    }
    return [_onnx_trap(name, *model) for name, model in models.items()]


def _of(graph: bytes) -> bytes:
    return onnx.model(graph)


def _beside(name: str, says: str, prepare: Callable[[Path], object], **told: object) -> Trap:
    def make(path: Path) -> None:
        prepare(path.parent)
        held = onnx.beside("stem.weight", (2, 1, 3, 3), **told)
        written(path, onnx.one_layer(held))

    return Trap(name, make, says)


def _nothing(_folder: Path) -> None:
    pass


def _linked(folder: Path) -> None:
    written(folder.parent / "outside.bin", bytes(99))
    (folder / "linked.bin").symlink_to(folder.parent / "outside.bin")


def _linked_folder(folder: Path) -> None:
    (folder / "elsewhere").symlink_to(folder.parent)


def _inner(folder: Path) -> None:
    (folder / "inner").mkdir()


def _beside_traps() -> list[Trap]:
    def short(folder: Path) -> Path:
        return written(folder / "short.bin", bytes(16))

    return [
        _beside("beside: path from the root", r"outside the model's", _nothing, location="/etc/x"),
        _beside("beside: path out", r"outside the model's", _nothing, location="../outside.bin"),
        _beside("beside: path of Windows", r"outside the", _nothing, location="..\\outside.bin"),
        _beside("beside: nowhere", r"outside the model's", _nothing, location=""),
        _beside("beside: not there", r"isn't in the model's folder; put", _nothing, location="no"),
        _beside("beside: a link", r"is a link", _linked, location="linked.bin"),
        _beside("beside: a linked folder", r"is a link", _linked_folder, location="elsewhere/x"),
        _beside("beside: a folder", r"is no file", _inner, location="inner"),
        _beside("beside: too short", r"cut short", short, location="short.bin"),
        _beside("beside: no place", r"no place", short, location="short.bin", offset="-4"),
        _beside("beside: too long", r"its shape needs", short, location="short.bin", length=4),
    ]
