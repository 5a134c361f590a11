"""Files of safetensors are read bit for bit, in the order of axes that whoever wrote them has."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.reading.contents import WeightsUnreadable
from app.reading.files import read_weights
from tests.reading.networks import (
    assert_equal,
    assert_is_the_network,
    in_keras_order,
    kernels_of,
    kinds_of,
    random,
    torch_network,
)

Array = NDArray[Any]
_NAMES = {"f4": "F32", "f8": "F64", "f2": "F16", "i8": "I64", "i1": "I8", "u2": "BF16", "u1": "F8"}


def saved(
    path: Path,
    tensors: dict[str, Array],
    metadata: dict[str, str] | None = None,
    dtypes: dict[str, str] | None = None,
) -> Path:
    """Writes arrays in the order that they have here."""
    header: dict[str, Any] = {} if metadata is None else {"__metadata__": metadata}
    at = 0
    for name, array in tensors.items():
        dtype = (dtypes or {}).get(name) or _NAMES[array.dtype.str[1:]]
        offsets = [at, at := at + array.nbytes]
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": offsets}
    raw = json.dumps(header).encode()
    data = b"".join(array.tobytes() for array in tensors.values())
    path.write_bytes(len(raw).to_bytes(8, "little") + raw + data)
    return path


def test_pytorchs_are_read_out_before_in(tmp_path: Path) -> None:
    tensors = torch_network()
    path = saved(tmp_path / "anything.bin", tensors, {"format": "pt", "global_step": "500"})
    contents = read_weights(path)
    assert (contents.format, contents.framework, contents.step) == ("safetensors", "PyTorch", 500)
    assert_is_the_network(contents, tensors)


def test_in_the_alphabets_order_the_layer_that_sees_pixels_comes_first(tmp_path: Path) -> None:
    tensors = {
        "block10.weight": random(8, 8, 3, 3, seed=10),
        "block2.weight": random(8, 8, 3, 3, seed=2),
        "stem.weight": random(8, 3, 5, 5),
    }
    contents = read_weights(saved(tmp_path / "x", tensors, {"format": "pt"}))
    assert list(kinds_of(contents)) == ["stem", "block2", "block10"]
    assert any("order of its layers isn't in the file" in note for note in contents.notes)
    assert any(note.startswith("stem: put first") for note in contents.notes)


@pytest.mark.parametrize(
    ("writer", "axes"), [("tf", (2, 3, 1, 0)), ("flax", (2, 3, 1, 0)), ("mlx", (0, 2, 3, 1))]
)
def test_each_writers_order_of_axes_is_known(
    tmp_path: Path, writer: str, axes: tuple[int, ...]
) -> None:
    kernel = random(8, 3, 5, 5)
    leaf = "weight" if writer == "mlx" else "kernel"
    tensors = {f"conv1.{leaf}": np.ascontiguousarray(kernel.transpose(axes))}
    found = kernels_of(read_weights(saved(tmp_path / "x", tensors, {"format": writer})))
    assert_equal(found, {"conv1": kernel.transpose(2, 3, 1, 0)})


def test_names_tell_where_no_writer_is_named(tmp_path: Path) -> None:
    kernel = random(8, 8, 3, 3)
    tensors = {"a.weight": kernel, "b.kernel": kernel, "c.kernel": random(3, 3, 1, 8)}
    contents = read_weights(saved(tmp_path / "x", tensors))
    wanted = {"a": kernel.transpose(2, 3, 1, 0), "b": kernel, "c": random(3, 3, 1, 8)}
    found = kernels_of(contents)
    np.testing.assert_array_equal(found["a"], wanted["a"])
    np.testing.assert_array_equal(found["b"], wanted["b"])


def test_a_shape_that_a_name_forbids_wins_and_is_noted(tmp_path: Path) -> None:
    contents = read_weights(saved(tmp_path / "x", {"conv1.weight": random(5, 5, 3, 8)}))
    assert_equal(kernels_of(contents), {"conv1": random(5, 5, 3, 8)})
    assert any("was told by its shape" in note for note in contents.notes)


def test_what_nothing_tells_is_asked_for(tmp_path: Path) -> None:
    kernel = random(5, 5, 5, 5)
    path = saved(tmp_path / "x", {"first": kernel})
    with pytest.raises(WeightsUnreadable, match="--layout hwio"):
        read_weights(path)
    assert_equal(kernels_of(read_weights(path, "hwio")), {"first": kernel})
    assert_equal(kernels_of(read_weights(path, "oihw")), {"first": kernel.transpose(2, 3, 1, 0)})


def test_bfloat16_and_both_kinds_of_eight_bits_are_read(tmp_path: Path) -> None:
    upper = (random(8, 3, 5, 5).view(np.uint32) >> 16).astype(np.uint16)
    codes = np.arange(256, dtype=np.uint8).reshape(8, 2, 4, 4)
    tensors = {"a.weight": upper, "b.weight": codes, "c.weight": codes}
    dtypes = {"b.weight": "F8_E4M3", "c.weight": "F8_E5M2"}
    found = kernels_of(read_weights(saved(tmp_path / "x", tensors, {"format": "pt"}, dtypes)))
    wanted = (upper.astype(np.uint32) << 16).view(np.float32)
    np.testing.assert_array_equal(found["a"], wanted.transpose(2, 3, 1, 0))
    e4m3, e5m2 = (found[name].transpose(3, 2, 0, 1).ravel() for name in "bc")
    assert e4m3[[0b00111000, 0b01111110, 1, 0b10111000]].tolist() == [1, 448, 2**-9, -1]
    assert np.isnan(e4m3[[0x7F, 0xFF]]).all()
    assert e5m2[[0b00111100, 0b01111011, 1]].tolist() == [1, 57344, 2**-16]
    assert np.isposinf(e5m2[0x7C])


def test_whole_numbers_are_shown_and_noted(tmp_path: Path) -> None:
    kernel = np.arange(600, dtype=np.int64).reshape(8, 3, 5, 5).astype(np.int8)
    contents = read_weights(saved(tmp_path / "x", {"c.weight": kernel}, {"format": "pt"}))
    assert_equal(kernels_of(contents), {"c": kernel.transpose(2, 3, 1, 0).astype(np.float32)})
    assert any("whole numbers (int8)" in note for note in contents.notes)


def test_a_transposed_layer_is_told_by_its_bias_or_the_norm_behind_it(tmp_path: Path) -> None:
    tensors = {
        "net.0.weight": random(100, 64, 4, 4),
        "net.1.weight": random(64),
        "net.1.bias": random(64),
        "net.3.weight": random(64, 3, 4, 4),
        "net.3.bias": random(3),
        "net.4.weight": random(3, 3, 3, 3),
    }
    contents = read_weights(saved(tmp_path / "x", tensors, {"format": "pt"}))
    transposed, plain = "conv2d_transpose", "conv2d"
    assert kinds_of(contents) == {"net.0": transposed, "net.3": transposed, "net.4": plain}
    found = kernels_of(contents)
    np.testing.assert_array_equal(found["net.0"], tensors["net.0.weight"].transpose(2, 3, 0, 1))
    assert found["net.3"].shape == (4, 4, 64, 3)


def test_weight_norm_gives_the_weights_that_it_stands_for(tmp_path: Path) -> None:
    direction, size = random(8, 3, 5, 5), random(8, 1, 1, 1)
    norm = np.sqrt(np.square(direction).sum(axis=(1, 2, 3), keepdims=True))
    wanted = {"c": (direction * (size / norm)).transpose(2, 3, 1, 0)}
    for names in (
        ("weight_g", "weight_v"),
        (
            "parametrizations.weight.original0",
            "parametrizations.weight.original1",
        ),
    ):
        tensors = {f"c.{names[0]}": size, f"c.{names[1]}": direction}
        path = saved(tmp_path / names[0], tensors, {"format": "pt"})
        assert_equal(kernels_of(read_weights(path)), wanted)


def test_one_channel_at_the_beginning_is_gray_and_later_on_depthwise(tmp_path: Path) -> None:
    tensors = {"a.weight": random(8, 1, 5, 5), "b.weight": random(16, 1, 3, 3)}
    tensors["z"] = random(1)  # so that names aren't in the alphabet's order
    path = saved(tmp_path / "x", {"z": random(1), **tensors}, {"format": "pt"})
    contents = read_weights(path)
    assert kinds_of(contents) == {"a": "conv2d", "b": "depthwise_conv2d"}
    assert [layer.shape for layer in contents.layers] == [(5, 5, 1, 8), (3, 3, 8, 2)]
    wanted = tensors["b.weight"].transpose(2, 3, 0, 1).reshape(3, 3, 8, 2)
    np.testing.assert_array_equal(contents.layers[1].kernel(), wanted)


def test_an_optimisers_moments_arent_layers(tmp_path: Path) -> None:
    tensors = torch_network()
    moments = {f"optimizer.state.{n}.exp_avg": a for n, a in tensors.items()}
    contents = read_weights(saved(tmp_path / "x", {**tensors, **moments}, {"format": "pt"}))
    assert_equal(kernels_of(contents), in_keras_order(tensors))


def test_not_a_number_is_kept(tmp_path: Path) -> None:
    kernel = random(8, 3, 5, 5)
    kernel[0, 0, 0, :3] = [np.nan, np.inf, -np.inf]
    found = kernels_of(read_weights(saved(tmp_path / "x", {"c.weight": kernel})))
    assert_equal(found, {"c": kernel.transpose(2, 3, 1, 0)})


def test_a_later_layer_with_few_channels_isnt_taken_for_one_that_sees_pixels(
    tmp_path: Path,
) -> None:
    tensors = {"conv1.weight": random(64, 3, 7, 7), "conv2.weight": random(128, 4, 3, 3)}
    contents = read_weights(saved(tmp_path / "x", tensors, {"format": "pt"}))
    assert [layer.described.groups for layer in contents.layers] == [1, 16]
    assert any(note.startswith("conv2: taken for a layer of 16 groups") for note in contents.notes)
