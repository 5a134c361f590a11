"""Files of ONNX read right: orders of axes, numbers wherever they lie, layers as the graph has."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.export.models.wire import block, real, varint, whole
from app.reading.contents import Contents
from app.reading.files import read_weights
from tests.reading import onnx_files as onnx
from tests.reading.keras_files import numbers
from tests.reading.traps import written

Array = NDArray[Any]
KERNEL = numbers(8, 3, 5, 5)
HWIO = KERNEL.transpose(2, 3, 1, 0)


def read(tmp_path: Path, data: bytes) -> Contents:
    return read_weights(written(tmp_path / "model.bin", data))


def of(nodes: list[bytes], *tensors: bytes) -> bytes:
    return onnx.model(onnx.graph(nodes, tensors))


def first_kernel(tmp_path: Path, data: bytes) -> Array:
    return read(tmp_path, data).layers[0].kernel()


def test_a_convolution_is_told_of_as_the_graph_has_it(tmp_path: Path) -> None:
    nodes = [
        onnx.node(
            *("Conv", ["x", "stem.weight", "stem.bias"], "a", "/stem/Conv"),
            strides=[2, 1],
            pads=[1, 2, 3, 4],
            dilations=[1, 2],
            kernel_shape=[5, 5],
        ),
        onnx.node("Relu", ["a"], "b"),
        onnx.node("Conv", ["b", "onnx::Conv_7"], "c", "/later/block.1/Conv", auto_pad="SAME_UPPER"),
        onnx.node("Conv", ["c", "onnx::Conv_8"], "d", auto_pad="VALID"),
    ]
    tensors = [
        onnx.tensor("stem.weight", KERNEL),
        onnx.tensor("stem.bias", numbers(8)),
        onnx.tensor("onnx::Conv_7", numbers(4, 8, 1, 1)),
        onnx.tensor("onnx::Conv_8", numbers(2, 4, 1, 1)),
    ]
    ports = [onnx.port("x", 0, 3, 20, 30)]
    contents = read(tmp_path, onnx.model(onnx.graph(nodes, tensors, ports)))
    assert (contents.format, contents.framework) == ("onnx", "PyTorch 2.9")
    assert contents.input_shape == (20, 30, 3)
    stem, later, last = (found.described for found in contents.layers)
    assert (stem.title, stem.kind, stem.shape) == ("stem", "conv2d", (5, 5, 3, 8))
    assert (stem.strides, stem.padding, stem.dilation) == ((2, 1), ((1, 3), (2, 4)), (1, 2))
    assert (stem.activation, stem.bias) == ("relu", True)
    assert (later.title, later.padding, later.activation) == ("later/block.1", "same", "linear")
    assert (last.title, last.padding, last.bias) == ("onnx::Conv_8", "valid", False)
    found = contents.layers[0]
    assert np.array_equal(found.kernel(), HWIO)
    assert found.bias is not None
    assert np.array_equal(found.bias(), numbers(8))


def test_grouped_depthwise_and_transposed_kernels_come_in_keras_order(tmp_path: Path) -> None:
    grouped, apart = numbers(8, 2, 3, 3), numbers(8, 1, 3, 3)
    up, line, volume = numbers(6, 2, 2, 2), numbers(4, 3, 5), numbers(2, 1, 2, 3, 4)
    nodes = [
        onnx.node("Conv", ["x", "grouped"], "a", group=2),
        onnx.node("Conv", ["x", "apart"], "b", group=4),
        onnx.node("ConvTranspose", ["x", "up"], "c", group=3),
        onnx.node("Conv", ["x", "line"], "d"),
        onnx.node("Conv", ["x", "volume"], "e"),
    ]
    arrays = {"grouped": grouped, "apart": apart, "up": up, "line": line, "volume": volume}
    tensors = [onnx.tensor(name, array) for name, array in arrays.items()]
    found = {layer.described.title: layer for layer in read(tmp_path, of(nodes, *tensors)).layers}
    kinds = {title: layer.described.kind for title, layer in found.items()}
    assert kinds == {
        "grouped": "conv2d",
        "apart": "depthwise_conv2d",
        "up": "conv2d_transpose",
        "line": "conv1d",
        "volume": "conv3d",
    }
    assert found["grouped"].described.groups == 2
    expected = {
        "grouped": grouped.transpose(2, 3, 1, 0),
        "apart": apart.reshape(4, 2, 3, 3).transpose(2, 3, 0, 1),
        "up": np.concatenate([up[2 * g : 2 * g + 2].transpose(2, 3, 0, 1) for g in range(3)], -1),
        "line": line.transpose(2, 1, 0),
        "volume": volume.transpose(2, 3, 4, 1, 0),
    }
    for title, kernel in expected.items():
        assert np.array_equal(found[title].kernel(), kernel), title


def test_products_with_a_matrix_are_dense_layers(tmp_path: Path) -> None:
    weights = {"a.weight": numbers(6, 4), "b": numbers(6, 5), "c.kernel": numbers(5, 3)}
    nodes = [
        onnx.node("Gemm", ["x", "a.weight", "bias"], "y", transB=1, alpha=2.0),
        onnx.node("MatMul", ["y", "b"], "z"),
        onnx.node("Add", ["z", "added"], "s"),
        onnx.node("Tanh", ["s"], "t"),
        onnx.node("MatMul", ["t", "c.kernel"], "u"),
    ]
    held = {**weights, "bias": numbers(6), "added": numbers(5)}
    tensors = [onnx.tensor(name, array) for name, array in held.items()]
    first, second, third = read(tmp_path, of(nodes, *tensors)).layers
    assert [layer.described.title for layer in (first, second, third)] == ["a", "b", "c"]
    assert np.array_equal(first.kernel(), 2 * weights["a.weight"].T)
    assert np.array_equal(second.kernel(), weights["b"])
    assert (second.described.activation, second.described.bias) == ("tanh", True)
    assert second.bias is not None
    assert np.array_equal(second.bias(), held["added"])
    assert (third.described.kind, third.described.bias) == ("dense", False)


def test_layers_come_as_the_graph_carries_them_out_not_as_the_file_lists_them(
    tmp_path: Path,
) -> None:
    nodes = [onnx.node("Conv", [f"x{n}", f"w{n}"], f"x{n + 1}") for n in (3, 0, 2, 1)]
    tensors = [onnx.tensor(f"w{n}", numbers(3, 3, 3, 3)) for n in range(4)]
    layers = read(tmp_path, of(nodes, *tensors)).layers
    assert [layer.described.title for layer in layers] == ["w0", "w1", "w2", "w3"]


def test_a_kernel_is_followed_through_what_only_renames_or_turns_it(tmp_path: Path) -> None:
    nodes = [
        onnx.node("Constant", [], "held", value=onnx.tensor("held", HWIO.astype("f2"))),
        onnx.node("Identity", ["held"], "same"),
        onnx.node("Cast", ["same"], "wide", to=1),
        onnx.node("Transpose", ["wide"], "turned", perm=[3, 2, 0, 1]),
        onnx.node("Conv", ["x", "turned"], "y"),
    ]
    assert np.array_equal(first_kernel(tmp_path, of(nodes)), HWIO.astype("f2").astype("f4"))


@pytest.mark.parametrize("along", ["all", "first axis"])
def test_whole_numbers_are_read_by_their_scale_and_zero(along: str, tmp_path: Path) -> None:
    values = np.arange(-54, 54, dtype="i1").reshape(4, 3, 3, 3)
    scale, zero = np.float32([0.5, 0.25, 2, 1]), np.int8([0, 1, -2, 3])
    if along == "all":
        scale, zero = scale[:1].reshape(()), zero[1:2].reshape(())
    nodes = [
        onnx.node("DequantizeLinear", ["q", "s", "z"], "w", axis=0),
        onnx.node("Conv", ["x", "w"], "y"),
    ]
    tensors = [onnx.tensor("q", values), onnx.tensor("s", scale), onnx.tensor("z", zero)]
    lying = (...,) if along == "all" else (slice(None), None, None, None)
    expected = (values.astype("f4") - zero.astype("f4")[lying]) * scale[lying]
    found = first_kernel(tmp_path, of(nodes, *tensors))
    assert np.array_equal(found, expected.transpose(2, 3, 1, 0))


def test_a_convolution_in_whole_numbers_has_its_scales_in_itself(tmp_path: Path) -> None:
    values, bias = np.ones((2, 1, 3, 3), "i1") * 3, np.int32([40, -8])
    inputs = ["x", "xs", "xz", "w", "ws", "wz", "ys", "yz", "b"]
    tensors = [
        onnx.tensor("xs", np.float32(0.5)),
        onnx.tensor("w", values),
        onnx.tensor("ws", np.float32([2, 4])),
        onnx.tensor("wz", np.int8([1, 0])),
        onnx.tensor("b", bias),
    ]
    (layer,) = read(tmp_path, of([onnx.node("QLinearConv", inputs, "y")], *tensors)).layers
    assert np.array_equal(layer.kernel()[0, 0, 0], [4, 12])
    assert layer.bias is not None
    assert np.array_equal(layer.bias(), [40, -16])


def _field(number: int, data: bytes) -> bytes:
    return block(number, data)


@pytest.mark.parametrize("way", ["floats", "single floats", "halves", "bfloat16", "doubles"])
def test_numbers_may_lie_in_fields_of_their_own(way: str, tmp_path: Path) -> None:
    kernel = numbers(2, 1, 3, 3)
    flat, expected = kernel.ravel(), kernel
    if way == "floats":
        kind, data = 1, _field(4, flat.tobytes())
    elif way == "single floats":
        kind, data = 1, b"".join(real(4, float(one)) for one in flat)
    elif way == "doubles":
        kind, data = 11, _field(10, flat.astype("f8").tobytes())
    else:
        halves = (flat.view("<u4") >> 16).astype("<u2")
        expected = (halves.astype("<u4") << 16).view("<f4")
        if way == "halves":
            halves = flat.astype("f2").view("<u2")
            expected = flat.astype("f2").astype("f4")
        kind, data = (
            16 if way == "bfloat16" else 10,
            _field(5, b"".join(map(varint, halves.tolist()))),
        )
    held = onnx.sides(kernel.shape) + whole(2, kind) + block(8, "stem.weight") + data
    found = first_kernel(tmp_path, onnx.one_layer(held))
    assert np.array_equal(found, expected.reshape(2, 1, 3, 3).transpose(2, 3, 1, 0))


def test_numbers_may_lie_in_a_file_within_the_folder(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    written(tmp_path / "inner" / "w.bin", b"before" + KERNEL.tobytes() + b"after")
    held = onnx.beside(
        "stem.weight", KERNEL.shape, location="inner/w.bin", offset=6, length=KERNEL.nbytes
    )
    assert np.array_equal(first_kernel(tmp_path, onnx.one_layer(held)), HWIO)


def test_layers_within_branches_and_loops_are_found(tmp_path: Path) -> None:
    inner = onnx.graph([onnx.node("Conv", ["x", "outer.weight"], "y")])
    nodes = [onnx.with_graph("If", inner)]
    layers = read(tmp_path, of(nodes, onnx.tensor("outer.weight", KERNEL))).layers
    assert [layer.described.title for layer in layers] == ["outer"]
    assert np.array_equal(layers[0].kernel(), HWIO)


def test_a_kernel_that_is_made_as_it_runs_is_left_out_with_a_note(tmp_path: Path) -> None:
    nodes = [
        onnx.node("Conv", ["x", "w"], "y"),
        onnx.node("Conv", ["x", "y"], "z", "made"),
    ]
    contents = read(tmp_path, of(nodes, onnx.tensor("w", KERNEL)))
    assert len(contents.layers) == 1
    (note,) = contents.notes
    assert note.startswith("made: left out")


def test_our_own_files_say_after_how_many_steps(tmp_path: Path) -> None:
    graph = onnx.graph([onnx.node("Conv", ["x", "w"], "y")], [onnx.tensor("w", KERNEL)])
    ours = onnx.model(graph, ("filterscope", "1.0"), filterscope="1.0", step="500")
    contents = read(tmp_path, ours)
    assert (contents.step, contents.framework) == (500, "filterscope 1.0")
    assert read(tmp_path, onnx.model(graph, step="500")).step is None


def test_what_is_no_number_stays_so(tmp_path: Path) -> None:
    kernel = KERNEL.copy()
    kernel.flat[:3] = np.nan, np.inf, -np.inf
    found = first_kernel(tmp_path, onnx.one_layer(onnx.tensor("stem.weight", kernel)))
    assert np.array_equal(found, kernel.transpose(2, 3, 1, 0), equal_nan=True)


def test_a_kernel_that_nothing_known_takes_is_noted(tmp_path: Path) -> None:
    nodes = [onnx.node("Conv", ["x", "w"], "y"), onnx.node("DeformConv", ["y", "other"], "z")]
    tensors = [onnx.tensor("w", KERNEL), onnx.tensor("other", KERNEL)]
    (note,) = read(tmp_path, of(nodes, *tensors)).notes
    assert note.startswith("other: left out")


def test_layers_of_one_name_are_numbered(tmp_path: Path) -> None:
    nodes = [onnx.node("Conv", ["x", "w"], "y"), onnx.node("Conv", ["y", "w"], "z")]
    layers = read(tmp_path, of(nodes, onnx.tensor("w", numbers(3, 3, 1, 1)))).layers
    assert [layer.described.title for layer in layers] == ["w", "w (2)"]
