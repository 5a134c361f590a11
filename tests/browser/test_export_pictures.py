"""What is saved of the page stands on any paper, and films become videos of the same frames."""

import base64
import io
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenScreen
from tests.running_server import RunningServer

pytestmark = pytest.mark.browser

ENCODED = 14  # of 255: what VP9 may take from the colour of a square of one colour
# Frames of a video in the middle of the time for which each is seen, decoded by the browser.
DECODED = """async ({ data, times }) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const video = document.createElement("video");
    const happens = (name) => new Promise((resolve) => {
        video.addEventListener(name, resolve, { once: true });
    });
    const ready = happens("loadeddata");
    video.src = URL.createObjectURL(new Blob([bytes], { type: "video/webm" }));
    await ready;
    const canvas = Object.assign(document.createElement("canvas"), {
        width: video.videoWidth, height: video.videoHeight,
    });
    const frames = [];
    for (const time of times) {
        const sought = happens("seeked");
        video.currentTime = time;
        await sought;
        canvas.getContext("2d").drawImage(video, 0, 0);
        frames.push(canvas.toDataURL("image/png").split(",")[1]);
    }
    return { seconds: video.duration, frames };
}"""


def _saved(page: Page, button: str, folder: Path) -> bytes:
    with page.expect_download() as download:
        page.locator(button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path.read_bytes()


def _pixels(content: bytes) -> NDArray[np.int16]:
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGBA")).astype(np.int16)


def _on_white(pixels: NDArray[np.int16]) -> NDArray[np.float64]:
    share = pixels[..., 3:] / 255
    return pixels[..., :3] * share + 255 * (1 - share)


def test_a_dark_pages_pictures_can_be_read_on_white_paper(
    open_screen: OpenScreen, finished_run: str, tmp_path: Path
) -> None:
    screen = open_screen(color_scheme="dark")
    screen.go_to_end(finished_run, "?view=filter&filter=3")
    page = screen.page
    expect(page.locator("#filter-chart .change")).to_be_visible()
    page.locator("#export-open").click()
    for title in ("How it changed", "The filter, large"):
        button = f"[aria-label='{title}, PNG']"
        seen = {}
        for ground in ("As on the page", "White", "Transparent"):
            page.locator("#export-ground label").filter(has_text=ground).click()
            seen[ground] = _pixels(_saved(page, button, tmp_path))
        dark, white, clear = seen.values()
        if title == "How it changed":
            assert dark[2, 2, :3].max() < 60
            assert white[2, 2].tolist() == [255] * 4
            assert clear[2, 2, 3] == 0
            ink = white[..., :3].max(axis=2)
            assert (ink < 110).mean() > 0.002, "words and lines are dark on it"
        assert np.abs(_on_white(clear) - _on_white(white)).max() <= 2
    assert page.evaluate("document.documentElement.dataset.theme ?? null") is None


def test_a_video_has_the_films_frames_at_their_times_in_their_colours(
    open_screen: OpenScreen,
    finished_run: str,
    server: RunningServer,
    browser: Browser,
    tmp_path: Path,
) -> None:
    screen = open_screen()
    screen.go_to_end(finished_run)
    page = screen.page
    page.locator("#export-open").click()
    page.locator("#export-video").click()
    expect(page.locator("#export-video b")).to_have_text("Cancel")
    page.locator("#export-video").click()
    expect(page.locator("#export-outcome")).to_have_text("Cancelled.")
    expect(page.locator("#export-video b")).to_have_text("WebM")
    content = _saved(page, "#export-video", tmp_path)
    expect(page.locator("#export-outcome")).to_contain_text("filterscope-mnist-strokes-seed-0.webm")

    film = server.client.get(f"/api/runs/{finished_run}/export?format=gif").content
    frames, milliseconds = [], []
    with Image.open(io.BytesIO(film)) as gif:
        for number in range(getattr(gif, "n_frames", 1)):
            gif.seek(number)
            frames.append(np.asarray(gif.convert("RGB")).astype(np.int16))
            milliseconds.append(gif.info["duration"])
    ends = np.cumsum(milliseconds)
    asked = [0, len(frames) // 2, len(frames) - 1]
    times = [float(ends[at] - milliseconds[at] / 2) / 1000 for at in asked]
    blank = browser.new_page()
    data = base64.b64encode(content).decode()
    told = blank.evaluate(DECODED, {"data": data, "times": times})
    blank.close()
    assert told["seconds"] == pytest.approx(ends[-1] / 1000, abs=0.05)
    for at, encoded in zip(asked, told["frames"], strict=True):
        decoded = _pixels(base64.b64decode(encoded))[..., :3]
        height, width = frames[at].shape[:2]
        error = np.abs(decoded[:height, :width] - frames[at])
        assert error.mean() < 3, f"frame {at}"
        others = [np.abs(decoded[:height, :width] - one).mean() for one in frames]
        assert int(np.argmin(others)) == at
        assert np.quantile(error[90:-100], 0.9) <= ENCODED
