"""What is taken home looks as it did on the page: the same colours, to the last bit."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from app.events import StoredArray
from app.export.colours import DIVERGING
from app.export.fit import fit
from app.export.limits import shared_limit
from app.export.tiles import cell_of, weights_of
from tests.browser.conftest import OpenScreen
from tests.running_server import RunningServer

pytestmark = pytest.mark.browser

WIDTH = 640
PAINTED = """async ({ run, scale }) => {
    const { framesOfFilm } = await import("/static/js/state/frames.js");
    const { limitOf } = await import("/static/js/kernels/limit.js");
    const { ownLimits, paintAtlas } = await import("/static/js/kernels/atlas.js");
    const frames = framesOfFilm(await (await fetch(`/api/runs/${run}/film`)).json());
    const frame = frames.at(-1);
    const own = ownLimits(frame.kernel);
    const limit = limitOf(frames);
    const image = paintAtlas(frame.kernel, (one) => (scale === "own" ? own[one] : limit));
    const shape = [image.height, image.width];
    return { limit, shape, pixels: btoa(String.fromCharCode(...image.data)) };
}"""


@pytest.fixture(scope="module", params=["dead-leaves", "mnist-strokes"])
def short_run(request: pytest.FixtureRequest, server: RunningServer) -> str:
    """A run of colour images, and one of gray ones."""
    recipe = {"preset": request.param, "steps": 30}
    run = str(server.client.post("/api/runs", json=recipe).json()["id"])
    with server.client.stream("GET", f"/api/runs/{run}/events") as events:
        kinds = [line for line in events.iter_lines() if line.startswith("event:")]
    assert kinds[-1] == "event: run_finished"
    return run


@pytest.mark.parametrize("scale", ["shared", "own"])
def test_a_saved_picture_has_the_pages_pixels(
    open_screen: OpenScreen, server: RunningServer, short_run: str, scale: str
) -> None:
    screen = open_screen()
    screen.go_to_end(short_run)
    told = screen.page.evaluate(PAINTED, {"run": short_run, "scale": scale})
    height, width = told["shape"]
    pixels = np.frombuffer(base64.b64decode(told["pixels"]), np.uint8).reshape(height, width, 4)
    query = {"format": "png", "step": "latest", "scale": scale, "width": WIDTH}
    answer = server.client.get(f"/api/runs/{short_run}/export", params=query)
    picture = np.array(Image.open(io.BytesIO(answer.content)).convert("RGB"))
    film = server.client.get(f"/api/runs/{short_run}/film").json()
    shape = tuple(int(length) for length in film["kernels"]["shape"].split(","))[1:]
    cell = cell_of(shape)
    laid = fit(shape[3], cell, WIDTH)
    for number in range(shape[3]):
        left, top = laid.place(number)
        tile = np.s_[top : top + laid.tile_height, left : left + laid.tile_width]
        there = picture[tile][:: laid.multiple, :: laid.multiple]
        expected = pixels[:, number * cell.width : (number + 1) * cell.width, :3]
        np.testing.assert_array_equal(there, expected)


def test_the_scale_is_reckoned_as_the_page_does(
    open_screen: OpenScreen, server: RunningServer, short_run: str
) -> None:
    screen = open_screen()
    screen.go_to_end(short_run)
    told = screen.page.evaluate(PAINTED, {"run": short_run, "scale": "shared"})
    kernels = server.client.get(f"/api/runs/{short_run}/film").json()["kernels"]
    _, *shape = (int(length) for length in kernels["shape"].split(","))
    data = base64.b64decode(kernels["bdata"])
    size = 4 * int(np.prod(shape))
    frames = [
        weights_of(StoredArray("", tuple(shape), data[start : start + size]))
        for start in range(0, len(data), size)
    ]
    assert shared_limit(frames) == pytest.approx(told["limit"], rel=1e-12)


def test_the_diverging_map_is_the_pages(open_screen: OpenScreen) -> None:
    screen = open_screen()
    levels = screen.module("kernels/colours.js", "[...m.DIVERGING]")
    assert levels == DIVERGING.ravel().tolist()
