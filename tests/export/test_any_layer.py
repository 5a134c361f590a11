"""Layers of any kind can be taken home: laid out as pictures, and never under a label."""

import csv
import io
import re
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.events import StoredArray
from app.export.laid_out import laid, laid_out
from app.export.material import ExportRequest, Film, Format, Material
from app.export.render import render
from app.export.words import claim
from app.inspection.refused import Refused
from tests.export.samples import STEPS, HeldFrame, kernel_of, material_of, rendered, verdicts

KINDS: dict[str, tuple[tuple[int, ...], int, str]] = {
    "conv1d": ((5, 4, 6), 6, "6 filters, a row for each channel."),
    "conv3d": ((3, 5, 5, 1, 4), 4, "4 filters, slice by slice."),
    "dense": ((12, 5), 5, "5 filters, each folded into a block."),
    "depthwise_conv2d": ((3, 3, 6, 2), 12, "12 filters, as raw numbers."),
    "conv2d": ((3, 3, 16, 8), 8, "8 filters, as raw numbers."),
}


def film_of(kind: str, *, broken: bool = False) -> Film:
    """A layer that can't be judged: its events tell norms alone."""
    shape, count, _ = KINDS[kind]
    told = {name: [1.0] * count for name in ("norm", "change", "correlation")}
    frames = [HeldFrame(step, told | {"step": step}, kernel_of(step, shape)) for step in STEPS]
    if broken:
        weights = np.full(shape, np.nan, "<f4")
        weights.flat[0] = np.inf
        kernel = StoredArray("conv1/kernel", shape, weights.tobytes())
        frames[-1] = HeldFrame(STEPS[-1], {"broken": True}, kernel)
    return Film("conv1", tuple(frames), kind, "block.0.conv")


def material(film: Film) -> Material:
    return material_of(film)._replace(preset=None)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["gif", "png", "webp", "svg", "html", "csv", "npz"])
@pytest.mark.parametrize("broken", [False, True])
def test_every_format_takes_it(kind: str, form: Format, broken: bool) -> None:
    step = STEPS[-1] if form == "svg" else None
    content = rendered(material(film_of(kind, broken=broken)), ExportRequest(form, step=step))
    assert content
    if form in ("gif", "png", "webp"):
        with Image.open(io.BytesIO(content)) as picture:
            assert getattr(picture, "n_frames", 1) == len(STEPS)
    if form == "svg":
        title = re.findall(r"<title>(.*?)</title>", content.decode())[0]
        expected = "block.0.conv is broken" if broken else f"block.0.conv: {KINDS[kind][2]}"
        assert expected in title
        assert "noise" not in content.decode()
    if form == "npz":
        with np.load(io.BytesIO(content)) as arrays:
            assert arrays["conv1/kernels"].shape == (len(STEPS), *KINDS[kind][0])


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_has_what_can_be_said_and_leaves_the_rest_empty(kind: str) -> None:
    content = rendered(material(film_of(kind, broken=True)), ExportRequest("csv")).decode()
    rows = list(csv.DictReader(io.StringIO(content)))
    assert len(rows) == KINDS[kind][1] * len(STEPS)
    assert (rows[0]["norm"], rows[0]["label"], rows[-1]["norm"]) == ("1.0", "", "")


def test_every_weight_finds_its_place() -> None:
    def numbered(shape: tuple[int, ...], kind: str) -> Any:
        weights = np.arange(np.prod(shape), dtype="<f4").reshape(shape)
        told = laid_out(StoredArray("conv1/kernel", shape, weights.tobytes()), kind)
        return weights, np.frombuffer(told.data, "<f4").reshape(told.shape)

    flat, told = numbered((5, 4, 6), "conv1d")
    assert told[3, 2, 0, 1] == flat[2, 3, 1]
    deep, told = numbered((3, 4, 5, 2, 6), "conv3d")
    assert told[1, 2, 2 * 2 + 1, 5] == deep[2, 1, 2, 1, 5]
    dense, told = numbered((12, 5), "dense")
    assert told.shape == (3, 4, 1, 5)
    assert told[1, 2, 0, 3] == dense[6, 3]
    apart, told = numbered((3, 3, 6, 2), "depthwise_conv2d")
    assert told[1, 2, 0, 2 * 4 + 1] == apart[1, 2, 4, 1]


def test_three_slices_are_no_colours() -> None:
    film = laid(material(film_of("conv3d"))).films[0]
    assert (film.frames[0].kernel.shape, film.in_colour) == ((5, 5, 3, 4), False)


@pytest.mark.parametrize("shape", [(7, 7, 3, 1024), (7, 7, 512, 16), (1, 512, 1, 64)])
def test_a_thousand_filters_and_long_kernels_fit_on_a_picture(shape: tuple[int, ...]) -> None:
    frames = (HeldFrame(0, None, kernel_of(0, shape)),)
    content = rendered(material(Film("conv1", frames)), ExportRequest("png", width=1024))
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.width >= 1024


def test_more_weights_than_a_drawing_holds_are_refused_in_words() -> None:
    frames = (HeldFrame(0, None, kernel_of(0, (7, 7, 512, 16))),)
    with pytest.raises(Refused, match="svg draws each of"):
        rendered(material(Film("conv1", frames)), ExportRequest("svg", step=0))


def test_a_name_that_fills_a_line_loses_its_middle_and_old_weights_are_no_start() -> None:
    frame = HeldFrame(0, None, kernel_of(0, (5, 5, 1, 8)))
    long = claim(frame, Film("conv1", (frame,), title="x" * 100 + ".conv"))
    assert len(long) < 60
    assert ".conv: 8 filters" in long
    judged = verdicts(0, 8)
    told = claim(frame._replace(verdicts=judged), Film("conv1", (frame,), from_start=False))
    assert told == "0 of 8 filters see edges or lines."


def test_a_renderer_of_arrays_keeps_kerass_order() -> None:
    file = io.BytesIO()
    render(file, material(film_of("depthwise_conv2d")), ExportRequest("npz"))
    file.seek(0)
    with np.load(file) as arrays:
        assert arrays["conv1/kernels"].shape[1:] == (3, 3, 6, 2)
