"""The dashboard as a test sees it: words, pictures, keys."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.pending import PendingRequests

# The step of the filters on the stage, in the page: from 1,000 on its digits are grouped.
STEP = r"Number(document.querySelector('#now-step').textContent.replace(/\D/g, ''))"
PATIENCE = 30_000  # milliseconds; a shared machine may be slow, a broken page stays broken
TRAINED = 120_000  # so much may lie between a start and an end, where others train too


class Screen:
    """A page on the dashboard, and what there is on it."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.headline = page.locator("#headline")
        self.under = page.locator("#under")
        self.main_button = page.locator("#main-button")
        self.step_button = page.locator("#step-button")
        self.stop_button = page.locator("#stop-button")
        self.state = page.locator("#state .word")
        self.shown_step = page.locator("#now-step")
        self.thumb = page.get_by_role("slider")
        self.tiles = page.locator("#montage .tile")
        self._pending = PendingRequests(page)
        # While nobody listens, files are chosen by the browser itself, and the first
        # `expect_file_chooser` may come too late to be told.
        page.on("filechooser", lambda _chooser: None)

    def go(self, path: str = "/") -> None:
        """Opens `path`, with the filters of frame 0 or of the run in their places."""
        self.page.goto(self.url + path)
        expect(self.page.locator("body.settled")).to_be_attached()
        expect(self.shown_step).to_contain_text("step")

    def go_to_end(self, run: str, query: str = "") -> None:
        """Opens a run that has ended, and waits for its last frame."""
        self.go(f"/runs/{run}{query}")
        self.wait_until(
            "((t) => t.ariaValueMax > 0 && t.ariaValueMax === t.ariaValueText.split(' of ')[1])"
            "(document.querySelector('.thumb'))"
        )

    def wait_for_answers(self) -> None:
        """Waits until all that the page asked for has come.

        Before its server or its run is taken from it, or what it asks from now on is looked at:
        what else comes then depends on how slow the machine is.
        """
        self._pending.wait_for_none(PATIENCE / 1000)

    def expect_state(self, word: str) -> None:
        patience = TRAINED if word == "Finished" else PATIENCE
        expect(self.state).to_have_text(word, timeout=patience)

    def step(self) -> int:
        """The step of the filters on the stage."""
        return int(re.sub(r"\D", "", self.shown_step.text_content() or ""))

    def picture(self, montage: str = "montage") -> str:
        """The pixels of a montage, to compare."""
        canvas = f"document.querySelector('#{montage} canvas').toDataURL()"
        return str(self.page.evaluate(canvas))

    def wait_until(self, condition: str) -> None:
        """Waits for a condition that isn't the text of one element."""
        promise = f"""
            new Promise((resolve, reject) => {{
                const late = setTimeout(() => reject(new Error("never came true")), {PATIENCE});
                const look = () => {{
                    if (!({condition})) return requestAnimationFrame(look);
                    clearTimeout(late);
                    resolve(true);
                }};
                look();
            }})
        """
        self.page.evaluate(promise)

    def wait_for_step(self, step: int) -> None:
        self.wait_until(f"{STEP} >= {step}")

    def press_at_once(self, selector: str, *keys: str) -> None:
        """Presses keys with no rest between them, however slow the machine."""
        self.page.evaluate(
            """([selector, keys]) => {
                const element = document.querySelector(selector);
                const press = (key) => new KeyboardEvent("keydown", { key, bubbles: true });
                for (const key of keys) element.dispatchEvent(press(key));
            }""",
            [selector, keys],
        )

    def scrub(self, *keys: str) -> None:
        """Presses keys on the scrubber with no rest between them."""
        self.press_at_once(".scrubber .thumb", *keys)

    def tile(self, number: int) -> Locator:
        return self.tiles.nth(number - 1)

    def resize(self, width: int, height: int) -> None:
        """Makes the window so large; what is drawn anew takes some frames, charts a moment."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.wait_until(f"innerWidth === {width}")
        self.wait_for_paint()

    def wait_for_paint(self) -> None:
        """Waits until what was asked for in this frame is painted, which happens in the next."""
        self.page.evaluate(
            "new Promise((f) => requestAnimationFrame(() => requestAnimationFrame(f)))"
        )

    def right_end(self, selector: str) -> float:
        """How far to the right the elements reach that can be seen, in pixels."""
        return float(
            self.page.evaluate(
                "(s) => Math.max(...[...document.querySelectorAll(s)]"
                ".filter((e) => e.checkVisibility()).map((e) => e.getBoundingClientRect().right))",
                selector,
            )
        )

    def width_needed(self) -> int:
        return int(self.page.evaluate("document.documentElement.scrollWidth"))

    def height_needed(self) -> int:
        return int(self.page.evaluate("document.documentElement.scrollHeight"))

    def module(self, path: str, expression: str, argument: Any = None) -> Any:
        """What `expression` makes of a module of the page (`m`) and an `argument` (`a`).

        Needs no dashboard: where none is open, any answer of the server will do.
        """
        if self.page.url == "about:blank":
            self.page.goto(f"{self.url}/healthz")
        load = f"const m = await import('/static/js/{path}');"
        return self.page.evaluate(
            f"async (a) => {{ {load} return {expression.strip()}; }}", argument
        )
