"""A headless Chromium for measurements."""

import contextlib
import os
from collections.abc import Iterator

from playwright.sync_api import Page, sync_playwright

from tests.browser.find_chromium import find_chromium


@contextlib.contextmanager
def opened_page() -> Iterator[Page]:
    """Opens an empty page of 1440×900 in a browser that keeps nothing."""
    path = find_chromium()
    if path is None:
        raise RuntimeError("no Chromium: run tests/browser/find_chromium.py --install")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=sandbox)
        try:
            yield browser.new_page(viewport={"width": 1440, "height": 900})
        finally:
            browser.close()


def wait_until(page: Page, condition: str) -> None:
    """Waits until a JavaScript expression is true, looked at in each frame.

    Playwright's own way evaluates text inside the page, which the page's policy forbids.
    """
    page.evaluate(
        f"""() => new Promise((resolve, reject) => {{
            const late = setTimeout(() => reject(new Error("it never came true")), 60000);
            const look = () => {{
                if (!({condition})) return requestAnimationFrame(look);
                clearTimeout(late);
                resolve(null);
            }};
            look();
        }})"""
    )
