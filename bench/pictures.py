"""Takes the pictures that README and documents show of the page: python -m bench.pictures"""

import io
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Page

from bench.browser import opened_page, wait_until
from bench.serving import ROOT, serving

_FOLDER = ROOT / "docs" / "pictures"
_DESK, _PHONE = (1440, 900), (390, 844)
_SMALL = (960, 600)
# What answers a clause of the question: the scene, and an element of it that has spoken by then.
_ANSWERS = (
    ("code", "view=code&filter=7", "#code-formula"),
    ("workshop", "view=workshop", "#shop-reading"),
    ("weights", "view=weights", "#weights-run-rule"),
    ("live", "filter=7", "#headline"),
    ("conv2", "layer=conv2", "#headline"),
)
_SCENE_MILLISECONDS = 3000  # for what a scene asks the server, drawn when it comes
_CHARTS_MILLISECONDS = 1000  # they are drawn a few times a second; nobody waits for a picture
_STANDS = """
    document.body.classList.contains("settled")
        && document.querySelector("#now-step").textContent === "step {step}"
        && /edges or lines|random noise/.test(document.querySelector("#headline").textContent)
        && [...document.querySelectorAll(".chart")].filter((one) => one.checkVisibility())
            .every((one) => one.querySelectorAll(".main-svg, .drawing path").length)
"""


def main() -> None:
    """Takes pictures before a run and after it, light and dark, on a desk and in a hand."""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    with serving() as server, opened_page() as page:
        _take(page, server.url, 0, "ready", "light", _DESK)
        run_id = server.train({"preset": "dead-leaves"})
        server.wait(run_id, lambda run: run["status"] == "finished")
        link = f"{server.url}/runs/{run_id}?filter=7"
        _take(page, link, 400, "finished", "light", _DESK)
        _take(page, link, 400, "finished", "dark", _DESK)
        _take(page, link, 400, "phone", "light", _PHONE)
        for name, query, told in _ANSWERS:
            _take_answer(page, f"{server.url}/runs/{run_id}?{query}", name, told)


def _take(
    page: Page,
    link: str,
    step: int,
    name: str,
    scheme: Literal["light", "dark"],
    size: tuple[int, int],
) -> Path:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(link)
    wait_until(page, _STANDS.replace("{step}", str(step)))
    page.wait_for_timeout(_CHARTS_MILLISECONDS)
    path = _FOLDER / f"{name}-{scheme}.png"
    page.screenshot(path=path, animations="disabled")
    return path


def _take_answer(page: Page, link: str, name: str, told: str) -> Path:
    """Takes a picture for docs/question.md: small, for it lies beside its words."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": _DESK[0], "height": _DESK[1]})
    page.goto(link)
    wait_until(page, f"document.querySelector({told!r})?.textContent.trim()")
    page.wait_for_timeout(_SCENE_MILLISECONDS)
    path = _FOLDER / f"question-{name}.webp"
    with Image.open(io.BytesIO(page.screenshot(animations="disabled"))) as taken:
        taken.convert("RGB").resize(_SMALL, Image.Resampling.LANCZOS).save(path, quality=80)
    return path


if __name__ == "__main__":
    main()
