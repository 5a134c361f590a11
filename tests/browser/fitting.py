"""A scene at every size, by the Tab key alone, and while its answers come in."""

import pytest

from tests.browser.legibility import faults
from tests.browser.screen import Screen

SIZES = [(360, 740), (720, 450)]  # a small phone, and 1440 × 900 at 200 %
LOW = [(320, 256), (640, 400), (844, 390)]  # 1280 × 1024 at 400 %, 1280 × 800 at 200 %, a phone
WIDE = [(1024, 768), (1280, 720), (1920, 1080)]  # a small desk, a beamer, a large screen
THIN = 44  # pixels that may stick where little is high
MOST_SHIFT = 0.02
WATCH_SHIFTS = """
    let shifted = 0;
    const add = (entries) => { for (const entry of entries) shifted += entry.value; };
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: "layout-shift", buffered: true });
    window.layoutShift = () => { add(observer.takeRecords()); return shifted; };
"""
_SIDEWAYS = """
    [...document.querySelectorAll('body *')].filter((element) => {
        const { overflowX } = getComputedStyle(element);
        return ['auto', 'scroll'].includes(overflowX) && element.getClientRects().length
            && element.scrollWidth > element.clientWidth + 1;
    }).map(({ tagName, id, className }) => `${tagName}#${id}.${className}`)
"""
_STUCK = """
    [...document.querySelectorAll('body *')].filter((element) =>
        ['sticky', 'fixed'].includes(getComputedStyle(element).position)
        && element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    ).map((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return [element.className, Math.min(innerHeight, bottom) - Math.max(0, top)];
    }).filter(([, height]) => height > 0)
"""


def assert_tab_reaches_every_control_and_is_never_trapped(screen: Screen) -> None:
    """Goes round by the Tab key, which shows each time where it is."""
    screen.page.evaluate("document.activeElement?.blur()")
    mark = """
        (() => {
            const here = document.activeElement;
            if (!here || here === document.body) return 'outside';
            window.reached ??= new Set();
            if (window.reached.has(here)) return 'again';
            window.reached.add(here);
            const isRinged = (element, part) => {
                const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element, part);
                return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
            };
            const near = [here, here.nextElementSibling, here.firstElementChild].filter(Boolean);
            const rings = [...near.map((one) => isRinged(one)), isRinged(here, '::before')];
            return rings.includes(true) ? 'seen' : `unseen: ${here.outerHTML.slice(0, 120)}`;
        })()
    """
    for _ in range(250):
        screen.page.keyboard.press("Tab")
        told = screen.page.evaluate(mark)
        if told == "again":
            break
        assert told in ("seen", "outside"), told
    else:
        pytest.fail("Tab never came to an end")
    missed = """
        [...document.querySelectorAll('button, a[href], select, summary, [role=slider],'
                + 'input:not([type=radio])')]
            .filter((one) => one.checkVisibility() && one.getClientRects().length
                && !one.disabled && one.tabIndex >= 0
                && getComputedStyle(one).visibility === 'visible' && !window.reached.has(one))
            .map((one) => one.outerHTML.slice(0, 120))
    """
    left = screen.page.evaluate(missed)
    assert left == [], left


def assert_fits_at_every_size(screen: Screen) -> None:
    """Resizes what is shown: nothing is cut off, scrolls sideways or covers what it is about."""
    for width, height in [*SIZES, *LOW, *WIDE]:
        screen.resize(width, height)
        screen.wait_until(f"document.documentElement.scrollWidth <= {width}")
        if (width, height) not in SIZES:
            found = faults(screen)
            assert found == [], (width, height, found)
        if (width, height) in WIDE:
            continue
        # The network is a diagram, which lies in two dimensions, and keys go along it too.
        others = [
            e for e in screen.page.evaluate(_SIDEWAYS) if not e.startswith("DIV#network-strip")
        ]
        assert others == [], (width, height, others)
        if (width, height) in LOW:
            covered = screen.page.evaluate(_STUCK)
            assert sum(part for _, part in covered) <= THIN, (width, covered)
