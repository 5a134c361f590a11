"""What axe-core objects to: WCAG 2.2 AA, in the light and in the dark."""

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.screen import PATIENCE, Screen

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Without `preload` it leaves style sheets alone, which it would fetch anew and apply inline.
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
# The dark changes colours and nothing else: static/css/colours.css alone asks for it.
_OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
_SCHEMES: dict[Literal["dark", "light"], dict[str, Any]] = {  # the light last, in which pages open
    "dark": {**OPTIONS, "runOnly": _OF_COLOURS},
    "light": OPTIONS,
}
# A colour half-way between light and dark is nobody's to read.
_SETTLED = """(patience) => new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("colours never settled")), patience);
    const look = () => {
        if (document.getAnimations().some((one) => one instanceof CSSTransition))
            return requestAnimationFrame(look);
        clearTimeout(late);
        resolve();
    };
    requestAnimationFrame(() => setTimeout(look));
})"""


def violations(screen: Screen, part: str = "html") -> list[str]:
    """Finds what is wrong in a part of the page, a line each."""
    return [
        f"{scheme}: {rule['id']}: {node['target'][0]}: {node['failureSummary'].splitlines()[-1]}"
        for scheme in _SCHEMES
        for rule in _violated_in(screen, scheme, part)
        for node in rule["nodes"]
    ]


def show_in(page: Page, scheme: Literal["dark", "light"]) -> None:
    """Turns a page `light` or `dark`, and waits until all of it is."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate(_SETTLED, PATIENCE)


def _violated_in(
    screen: Screen, scheme: Literal["dark", "light"], part: str
) -> list[dict[str, Any]]:
    show_in(screen.page, scheme)
    if not screen.page.evaluate("'axe' in window"):
        screen.page.evaluate(Axe().axe_script)
    judge = "([part, options]) => axe.run(part, options).then(({ violations }) => violations)"
    found: list[dict[str, Any]] = screen.page.evaluate(judge, [part, _SCHEMES[scheme]])
    return found
