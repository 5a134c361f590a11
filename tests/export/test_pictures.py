"""Films and pictures, read back with another program's decoder."""

import io
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from app.export.film import LAST_MILLISECONDS, durations
from app.export.lettering import writable
from app.export.limits import own_limits, shared_limit
from app.export.material import ExportRequest, Film
from app.export.sheet import Sheet
from app.export.tiles import cell_of, paint, weights_of
from app.inspection.refused import Refused
from tests.export.samples import STEPS, film_of, material_of
from tests.export.samples import rendered as render

SHAPES = [(5, 5, 1, 8), (9, 9, 3, 16), (3, 3, 16, 6), (1, 1, 1, 1)]


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def frames_of(image: Image.Image) -> list[np.ndarray]:
    frames = []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        frames.append(np.array(image.convert("RGB")))
    return frames


def sheet_of(film: Film, width: int = 400) -> Sheet:
    return Sheet(material_of(film), film, "shared", width)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("kind", ["png", "webp"])
def test_a_film_holds_each_frame_in_the_exact_colours(kind: str, shape: tuple[int, ...]) -> None:
    film = film_of(shape)
    image = opened(render(material_of(film), ExportRequest(kind, width=400)))  # type: ignore[arg-type]
    sheet = sheet_of(film)
    assert image.info["loop"] == 0
    read = frames_of(image)
    assert len(read) == len(STEPS)
    for there, frame in zip(read, film.frames, strict=True):
        np.testing.assert_array_equal(there, np.array(sheet.picture(frame)))


def test_a_gif_holds_each_frame_with_colours_rounded_to_256() -> None:
    film = film_of((9, 9, 3, 16))
    image = opened(render(material_of(film), ExportRequest("gif", width=400)))
    sheet = sheet_of(film)
    assert image.info["loop"] == 0
    for there, frame in zip(frames_of(image), film.frames, strict=True):
        error = np.abs(there.astype(int) - np.array(sheet.picture(frame)))
        assert error.mean() < 5
        assert len(np.unique(there.reshape(-1, 3), axis=0)) <= 256


def test_a_gif_of_few_colours_has_them_exactly_where_the_filters_are() -> None:
    film = film_of((3, 3, 1, 4))
    sheet = sheet_of(film)
    read = frames_of(opened(render(material_of(film), ExportRequest("gif", width=400))))
    left, top = sheet.fit.place(2)
    for there, frame in zip(read, film.frames, strict=True):
        expected = np.array(sheet.picture(frame))
        tile = np.s_[top : top + sheet.fit.tile_height, left : left + sheet.fit.tile_width]
        np.testing.assert_array_equal(there[tile], expected[tile])


@pytest.mark.parametrize("kind", ["gif", "png", "webp"])
def test_frames_are_seen_as_long_as_the_playhead_takes(kind: str) -> None:
    image = opened(render(material_of(), ExportRequest(kind, seconds=4)))  # type: ignore[arg-type]
    seen = []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        image.load()
        seen.append(image.info["duration"])
    assert seen == durations(STEPS, 4)
    assert seen[-1] == LAST_MILLISECONDS


def test_a_still_picture_is_that_of_the_step() -> None:
    film = film_of()
    for kind in ("png", "webp"):
        image = opened(render(material_of(film), ExportRequest(kind, width=400, step=10)))  # type: ignore[arg-type]
        assert getattr(image, "n_frames", 1) == 1
        expected = np.array(sheet_of(film).picture(film.frames[3]))
        np.testing.assert_array_equal(np.array(image.convert("RGB")), expected)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_filters_are_painted_at_whole_multiples_without_overlap(shape: tuple[int, ...]) -> None:
    sheet = sheet_of(film_of(shape))
    cell, laid = cell_of(shape), sheet.fit
    assert laid.tile_width == laid.multiple * cell.width
    places = [laid.place(number) for number in range(shape[3])]
    assert len(set(places)) == shape[3]
    for left, top in places:
        assert 0 <= left <= laid.width - laid.tile_width
        assert 0 <= top <= laid.height - laid.tile_height
    image = np.array(sheet.picture(sheet.film.frames[-1]))
    tiles = sheet.tiles(sheet.film.frames[-1])
    (left, top), multiple = places[-1], laid.multiple
    there = image[top : top + laid.tile_height : multiple, left : left + laid.tile_width : multiple]
    np.testing.assert_array_equal(there, tiles[-1])


def test_the_limit_never_shrinks_and_lets_two_per_cent_saturate() -> None:
    kernels = [weights_of(frame.kernel) for frame in film_of((9, 9, 3, 16)).frames]
    limits = [shared_limit(kernels[: number + 1]) for number in range(len(kernels))]
    assert limits == sorted(limits)
    pooled = np.abs(np.concatenate([kernel.ravel() for kernel in kernels[:1] * 3]))
    once = shared_limit(kernels[:1] * 3) / 1.45
    assert np.mean(pooled > once) == pytest.approx(0.02, abs=0.01)


def test_own_limits_reach_the_ends_of_the_scale_in_each_filter() -> None:
    kernel = weights_of(film_of((5, 5, 1, 8)).frames[0].kernel)
    painted = paint(kernel, own_limits(kernel)).reshape(8, -1, 3)
    ends = {(0x0D, 0x25, 0x4D), (0x42, 0x18, 0x08)}
    for tile in painted:
        assert ends & {tuple(pixel) for pixel in tile.tolist()}


def test_zero_weights_are_paper_not_an_error() -> None:
    zero = np.zeros((3, 3, 1, 2))
    assert (paint(zero, own_limits(zero)) == 0xF5).all()
    assert 0 < shared_limit([zero]) < 1e-3


def test_an_svg_has_a_rectangle_a_weight_and_words_one_can_select() -> None:
    film = film_of((5, 5, 1, 8))
    svg = render(material_of(film, name="a < b"), ExportRequest("svg", step=100)).decode()
    root = ET.fromstring(svg)
    names = [element.tag.partition("}")[2] for element in root.iter()]
    assert names.count("rect") == 1 + 5 * 5 * 8
    texts = [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "step 100" in texts
    assert "a < b, seed 0" in texts
    assert texts.count("edge") == 2


def test_what_would_be_too_large_says_what_would_fit() -> None:
    film = film_of(steps=tuple(range(400)))
    with pytest.raises(Refused) as refused:
        render(material_of(film), ExportRequest("png", width=2048, frames=400))
    assert refused.value.field == "frames"
    assert 2 <= refused.value.limit < 400  # type: ignore[operator]
    with pytest.raises(Refused) as refused:
        render(material_of(film_of((11, 11, 64, 64), (0,))), ExportRequest("svg"))
    assert refused.value.field == "format"


def test_a_layer_without_verdicts_is_drawn_without_labels() -> None:
    film = film_of((3, 3, 4, 8), judged=False)
    assert opened(render(material_of(film), ExportRequest("png", step=0))).size[0] == 720


def test_letters_that_the_font_lacks_become_something_it_has() -> None:
    assert writable("−0.13 °") == "-0.13 °"
    assert writable("Блики") == "?????"


def test_an_export_is_the_same_bytes_each_time() -> None:
    for kind in ("gif", "png", "webp", "svg", "npz", "csv", "html"):
        wanted = ExportRequest(kind, width=320)  # type: ignore[arg-type]
        material = material_of(created_at="2026-01-01T00:00:00Z")
        assert render(material, wanted) == render(material, wanted)
