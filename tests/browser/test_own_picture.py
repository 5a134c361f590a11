"""A picture that one brings to a network trained elsewhere: laid under a filter, and answered."""

import base64
import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import OpenScreen
from tests.browser.screen import Screen
from tests.browser.test_access import assert_tab_reaches_every_control_and_is_never_trapped
from tests.browser.violations import violations
from tests.external.program import packet, register, send
from tests.running_server import RunningServer

pytestmark = pytest.mark.browser

Layers = list[dict[str, Any]]

STEM: Layers = [
    {"title": "stem.conv", "kind": "conv2d", "shape": [5, 5, 3, 8], "bias": True,
     "strides": [2, 2], "padding": [[2, 2], [2, 2]], "activation": "relu"},
    *({"title": f"block{index // 8}.{index % 8}.conv", "kind": "conv2d", "shape": [3, 3, 4, 4]}
      for index in range(63)),
]  # fmt: skip
UNTOLD: Layers = [{"title": "first", "kind": "conv2d", "shape": [3, 3, 3, 4]}]
CHAIN: Layers = [
    {"title": "conv", "kind": "conv2d", "shape": [3, 3, 1, 4], "bias": False},
    {"title": "flat", "kind": "flatten"},
    {"title": "head", "kind": "dense", "shape": [400, 3], "bias": False},
]
NETWORK: dict[str, Any] = {
    "input_shape": [12, 12, 1],
    "layers": [
        {"type": "conv2d", "filters": 4, "kernel_size": 3, "activation": "relu"},
        {"type": "flatten"},
        {"type": "dense", "units": 3},
    ],
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with RunningServer(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(scope="module")
def runs(server: RunningServer) -> dict[str, str]:
    """Their ids by what is known of them."""
    named: dict[str, Any] = {"network": NETWORK, "class_names": ["<b>ant</b>", "bee", "cat"]}
    return {
        "stem": told(server, 1, STEM),
        "untold": told(server, 2, UNTOLD),
        "named": told(server, 3, CHAIN, **named),
        "numbered": told(server, 4, CHAIN, network=NETWORK),
    }


def told(server: RunningServer, number: int, layers: Layers, **more: Any) -> str:
    """Tells of a network as its program would, with weights at two steps; gives the run's id."""
    key = f"8f14e45f-ceea-4f7a-8a0a-7a5b1f5d2d{number:02}"
    answer = register(server.client, key, layers=layers, **more)
    assert answer.status_code == 201, answer.text
    sent = [(index, layer) for index, layer in enumerate(layers) if "shape" in layer][:4]
    for first, step in enumerate((0, 4), start=1):
        arrays, data = [], []
        for index, layer in sent:
            drawn = np.random.default_rng([index, step]).normal(0, 0.3, layer["shape"])
            arrays.append([index, "kernel", layer["shape"]])
            data.append(drawn.astype("<f4").tobytes())
            if layer.get("bias"):
                arrays.append([index, "bias", [layer["shape"][-1]]])
                data.append(np.full(layer["shape"][-1], 0.25, "<f4").tobytes())
        item = {"kind": "snapshot", "step": step, "arrays": arrays}
        assert send(server.client, first, packet([item], data), key).status_code == 200
    return str(answer.json()["id"])


def look(screen: Screen, run: str, scene: str, query: str = "") -> None:
    screen.page.goto(f"{screen.url}/runs/{run}?view={scene}{query}")
    shown = "#lens-patch td[data-row]" if scene == "microscope" else "#draw-paper canvas"
    screen.wait_until(f"document.querySelector('{shown}')?.checkVisibility()")


def number(text: str | None) -> float:
    return float((text or "").replace("−", "-"))


def pasted(screen: Screen, name: str, pixels: np.ndarray[Any, Any]) -> None:
    """Pastes a picture, as from the clipboard."""
    file = io.BytesIO()
    Image.fromarray(pixels.squeeze()).save(file, "PNG")
    screen.page.evaluate(
        """([name, text]) => {
            const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
            const data = new DataTransfer();
            data.items.add(new File([bytes], name, { type: "image/png" }));
            document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data }));
        }""",
        [name, base64.b64encode(file.getvalue()).decode()],
    )


def test_a_filter_lies_on_a_picture_that_was_pasted_and_its_numbers_are_the_servers(
    screen: Screen, server: RunningServer, runs: dict[str, str]
) -> None:
    look(screen, runs["stem"], "microscope", "&filter=3")
    source = screen.page.locator("#lens-source")
    expect(source).to_contain_text("ours, not from your training")
    expect(screen.page.locator("#lens-border-own")).to_have_text("2 zeros")
    expect(screen.page.locator("#lens-remarks")).to_be_hidden()
    pixels = np.random.default_rng(1).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    pasted(screen, "<i>mine</i>.png", pixels)
    expect(source).to_have_text("“<i>mine</i>.png”, made 30 × 20. It stays in this browser.")
    screen.page.locator("#lens-scaling input[value=symmetric]").check()
    expect(screen.page.locator("#lens-map-words")).to_contain_text("10 × 15 answers")
    home = ("ArrowLeft",) * 15 + ("ArrowUp",) * 10
    screen.press_at_once("#lens-sight", *home, *("ArrowRight",) * 4, *("ArrowDown",) * 3)
    expect(screen.page.locator("#lens-map-words")).to_have_text(
        "10 × 15 answers, this is row 3, column 4"
    )
    question = {"image": pixels.tolist(), "scaling": "symmetric", "layer": "conv1"}
    question |= {"filter": 2, "row": 3, "column": 4}
    meant = server.client.post(
        f"/api/runs/{runs['stem']}/snapshots/latest/convolve", json=question
    ).json()
    expect(screen.page.locator("#lens-sum .answer b")).to_have_text(
        f"{meant['output']:.2f}".replace("-", "−")
    )
    patch = screen.page.locator("#lens-patch td[data-row]").all_text_contents()
    np.testing.assert_allclose(
        [number(text) for text in patch], np.array(meant["patch"])[..., 0].ravel(), atol=0.00501
    )
    screen.wait_until("location.search.includes('scaling=symmetric')")
    screen.page.reload()
    expect(source).to_contain_text("A link can’t hold the picture that was brought.")
    expect(screen.page.locator("#lens-scaling input[value=symmetric]")).to_be_checked()
    expect(screen.page.locator("#lens-map-words")).to_contain_text("this is row 3, column 4")


def test_what_a_program_did_not_tell_is_assumed_aloud(screen: Screen, runs: dict[str, str]) -> None:
    look(screen, runs["untold"], "microscope")
    remarks = screen.page.locator("#lens-remarks")
    expect(remarks).to_contain_text("didn’t tell: stride 1 and no zeros at the border")
    expect(remarks).to_contain_text("No bias was sent")
    with screen.page.expect_file_chooser() as choosing:
        screen.page.get_by_role("button", name="Bring a picture").click()
    choosing.value.set_files(
        {"name": "words.txt", "mimeType": "image/png", "buffer": b"no picture"}
    )
    expect(screen.page.locator("#lens-source")).to_contain_text("is no picture that this browser")


def test_a_known_network_answers_pictures_by_the_names_of_its_classes_or_by_numbers(
    screen: Screen, server: RunningServer, runs: dict[str, str]
) -> None:
    look(screen, runs["named"], "draw")
    expect(screen.page.locator("#draw-headline")).to_have_text(
        "Draw something, or bring a picture."
    )
    pixels = np.random.default_rng(2).integers(0, 256, (12, 12, 1), dtype=np.uint8)
    pasted(screen, "mine.png", pixels)
    expect(screen.page.locator("#draw-source")).to_contain_text("made 12 × 12. The server answers")
    url = f"/api/runs/{runs['named']}/snapshots/latest/activations"
    meant = server.client.post(url, json={"image": pixels.tolist(), "scaling": "unit"}).json()
    best = meant["class_names"][int(np.argmax(meant["probabilities"]))]
    answers = screen.page.locator("#draw-answers")
    expect(answers.locator(".first dt")).to_have_text(best)
    expect(answers.locator("dt")).to_have_text(["<b>ant</b>", "bee", "cat"])
    expect(screen.page.locator("#draw-layers h2")).to_contain_text("4 maps of 10 × 10 answers")
    screen.page.locator("#draw-layers .tile").nth(1).click()
    expect(screen.page.locator("#lens-kernel-title")).to_have_text("Filter 2")
    expect(screen.page.locator("#lens-source")).to_contain_text("“mine.png”")
    look(screen, runs["numbered"], "draw", "&picture=3")
    expect(answers.locator("dt")).to_have_text(["0", "1", "2"])
    expect(screen.page.locator("#draw-reason")).to_contain_text("numbered from 0")


def test_a_network_of_which_filters_alone_are_known_says_what_would_help(
    screen: Screen, runs: dict[str, str]
) -> None:
    screen.page.goto(f"{screen.url}/runs/{runs['stem']}?view=draw")
    expect(screen.page.locator("#draw-under")).to_contain_text("watch(model, input_shape=")
    screen.page.get_by_role("button", name="Lay a filter on a picture").click()
    expect(screen.page.locator("#lens-kernel-title")).to_have_text("Filter 1")


def test_a_run_with_filters_of_the_same_shape_is_offered_beside_it(
    screen: Screen, runs: dict[str, str]
) -> None:
    screen.page.goto(f"{screen.url}/runs/{runs['named']}?view=twins")
    offers = screen.page.locator("#twins-offers")
    expect(offers.get_by_role("button")).to_have_count(1)
    offers.get_by_role("button").click()
    expect(screen.page.locator("#twins-title")).to_have_text("Two runs, side by side.")
    expect(offers.locator("[aria-pressed=true]")).to_be_focused()
    screen.wait_until(f"location.search.includes('with={runs['numbered']}')")
    screen.page.goto(f"{screen.url}/runs/{runs['stem']}?view=twins")
    expect(screen.page.locator("#twins-under")).to_contain_text("begins with 8 filters of 5×5×3")


@pytest.mark.parametrize(
    ("run", "query", "shown"),
    [
        ("stem", "", ".layer"),
        ("stem", "view=microscope", "#lens-patch td"),
        ("named", "view=draw&picture=1", "#draw-answers dt"),
    ],
)
def test_keys_reach_all_axe_finds_nothing_and_nothing_overflows_on_a_phone(
    open_screen: OpenScreen, runs: dict[str, str], run: str, query: str, shown: str
) -> None:
    screen = open_screen()
    screen.page.goto(f"{screen.url}/runs/{runs[run]}?{query}")
    screen.wait_until(f"document.querySelector('{shown}')?.checkVisibility()")
    assert violations(screen) == []
    assert_tab_reaches_every_control_and_is_never_trapped(screen)
    screen.resize(390, 844)
    assert screen.width_needed() <= 390
