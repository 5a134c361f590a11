"""The network as one line of pictures: it follows step and picture, lights what hangs together."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app.datasets import load
from tests.browser.screen import Screen
from tests.running_server import RunningServer

pytestmark = pytest.mark.browser

RECIPE = {"preset": "mnist-two-layers", "steps": 60, "name": "Two layers"}
_ART = "[...document.querySelectorAll('.network-frame canvas')].map((c) => c.toDataURL())"
_SEEN = "document.querySelector('.network-station') && !document.querySelector('#network.stale')"


@pytest.fixture(scope="module")
def run(server: RunningServer) -> str:
    run_id = str(server.client.post("/api/runs", json=RECIPE).json()["id"])
    with server.client.stream("GET", f"/api/runs/{run_id}/events") as events:
        list(events.iter_lines())
    return run_id


@pytest.fixture
def page(screen: Screen, run: str) -> Page:
    screen.go_to_end(run)
    screen.wait_until(_SEEN)
    return screen.page


def _lit(page: Page) -> int:
    return page.locator(".network-ring").count()


def _weights(server: RunningServer, run: str, step: str, layer: str) -> tuple[Any, Any]:
    answer = server.client.get(f"/api/runs/{run}/snapshots/{step}?layer={layer}&format=npz")
    path = Path(server.folder) / "weights.npz"
    path.write_bytes(answer.content)
    with np.load(path) as arrays:
        return arrays[f"{layer}/kernel"].astype(float), arrays[f"{layer}/bias"].astype(float)


def test_each_layer_stands_there_with_its_shape_and_what_it_costs(page: Page) -> None:
    names = page.locator(".network-name").all_text_contents()
    assert names == [
        "Picture 28×28×1",
        "conv1 11×11×16",
        "pool 5×5×16",
        "conv2 3×3×64",
        "mean of each 64",
        "dense1 10 answers",
    ]
    costs = page.locator(".network-cost").all_inner_texts()
    assert costs[1:4] == ["7·7·1·16 + 16 = 800", "nothing to learn", "3·3·16·64 + 64 = 9,280"]
    expect(page.locator("#network-total")).to_have_text("10,730")


def test_its_maps_follow_the_scrubber_and_the_picture(screen: Screen, page: Page) -> None:
    last = page.evaluate(_ART)
    screen.scrub("Home")
    expect(screen.shown_step).to_have_text("step 0")
    screen.wait_until(_SEEN)
    first = page.evaluate(_ART)
    assert all(one != other for one, other in zip(first, last, strict=True))
    page.keyboard.press("]")
    expect(page.locator("#network-which")).to_have_text("test picture 1")
    screen.wait_until(_SEEN)
    assert page.evaluate(_ART) != first
    expect(page).to_have_url(re.compile("picture=1"))
    page.reload()
    screen.wait_until(_SEEN)
    expect(page.locator("#network-which")).to_have_text("test picture 1")


def test_a_filter_that_is_pointed_at_lights_its_map_and_what_it_feeds(
    screen: Screen, page: Page
) -> None:
    assert _lit(page) == 0
    screen.tile(3).hover()
    expect(page.locator(".network-thread:not(.same)")).to_have_count(5)
    expect(page.locator(".network-ring.own")).to_have_count(1)
    expect(page.locator("#network-words")).to_contain_text("speaks to all 64 filters of conv2.")
    page.locator(".network-station canvas").nth(1).hover(position={"x": 5, "y": 5})
    expect(screen.page.locator("#facts")).to_contain_text("Filter 1")
    page.locator("#headline").hover()
    expect(page.locator(".network-ring")).to_have_count(0)


def test_keys_alone_lead_from_map_to_map_and_under_the_microscope_and_back(
    screen: Screen, page: Page
) -> None:
    page.locator("#network-strip").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
    said = page.locator("#network-said")
    expect(said).to_contain_text("conv2, Filter 3 of conv2 speaks to all ten answers.")
    page.keyboard.press("Enter")
    expect(page.locator("#lens-place-head")).to_contain_text("Filter 3 of conv2, at row")
    expect(page.locator("#montage")).to_be_hidden()
    expect(page).to_have_url(re.compile("map=conv2.3"))
    assert Axe().run(page).response["violations"] == []
    page.locator("#lens-place-map").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#montage")).to_be_visible()
    expect(page.locator("#network-strip")).to_be_focused()


def test_a_click_unfolds_a_later_layers_sum_which_is_the_maps_value(
    screen: Screen, page: Page, server: RunningServer, run: str
) -> None:
    page.locator(".network-station canvas").nth(3).click(position={"x": 5 * 14 + 5, "y": 5})
    expect(page.locator("#lens-place-head")).to_contain_text("Filter 6 of conv2, at row")
    screen.go_to_end(run, "?map=conv2.6&row=2&column=1&picture=4")
    place = page.locator(".lens-place[data-place$='/conv2/5/2/1']")
    expect(place).to_have_attribute("data-step", "60")
    dataset = load("mnist", cache_folder=Path(server.folder) / "cache")
    image = dataset.test(4, 5)[0][0].astype(float)
    first, bias = _weights(server, run, "60", "conv1")
    maps = np.zeros((11, 11, 16))
    for row, column in np.ndindex(11, 11):
        patch = image[2 * row : 2 * row + 7, 2 * column : 2 * column + 7]
        maps[row, column] = np.maximum(np.einsum("uvc,uvck->k", patch, first) + bias, 0)
    pooled = maps[:10, :10].reshape(5, 2, 5, 2, 16).max(axis=(1, 3))
    second, bias = _weights(server, run, "60", "conv2")
    products = pooled[2:5, 1:4] * second[..., 5]
    sums = products.sum(axis=(0, 1))
    shown = [
        float(text.replace("−", "-"))
        for text in page.locator(".slice:not(.rest) .slice-sum b").all_text_contents()
    ]
    strongest = sums[np.argsort(-np.abs(sums))[:4]]
    assert shown == pytest.approx(strongest, abs=0.0006)
    told = page.locator("#lens-place-sum b").all_text_contents()
    total = products.sum() + bias[5]
    assert [float(text.replace("−", "-")) for text in told] == pytest.approx(
        [products.sum(), bias[5], total, max(total, 0)], abs=0.0006
    )


def test_u_unfolds_it_and_the_browser_remembers(screen: Screen, page: Page) -> None:
    network = page.locator("#network")
    expect(network).to_have_attribute("data-form", "folded")
    page.keyboard.press("u")
    expect(network).to_have_attribute("data-form", "unfolded")
    expect(page.get_by_role("button", name="Fold U", exact=True)).to_have_attribute(
        "aria-expanded", "true"
    )
    expect(page.locator(".network-share").first).to_be_visible()
    page.reload()
    expect(network).to_have_attribute("data-form", "unfolded")
    screen.resize(1280, 720)
    expect(network).to_have_attribute("data-form", "line")
    expect(page.locator("#network-line")).to_have_text("28×28 → 16 → pool → 64 → mean of each → 10")


def test_nothing_is_asked_where_it_is_not_seen(screen: Screen, page: Page) -> None:
    screen.resize(1280, 720)
    asked: list[str] = []
    page.on("request", lambda request: "/network" in request.url and asked.append(request.url))
    screen.scrub("Home")
    expect(screen.shown_step).to_have_text("step 0")
    page.keyboard.press("u")
    expect(page.locator("#network")).to_have_attribute("data-form", "folded")
    screen.wait_until(_SEEN)
    assert len(asked) == 1
