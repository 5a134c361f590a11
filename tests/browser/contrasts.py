"""Contrasts between pixels that are painted beside each other, as WCAG 2.2 counts them."""

import io
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from tests.browser.screen import Screen

LEAST = 3.0  # to one, of what is no text or is large (1.4.11)
_WEIGHTS = np.array([0.2126, 0.7152, 0.0722])  # of red, green and blue in a luminance
_SHARES = np.arange(256) / 255
_LINEAR = np.where(_SHARES <= 0.04045, _SHARES / 12.92, ((_SHARES + 0.055) / 1.055) ** 2.4)
_MOST_LOOKS = 6
_ACROSS = 6  # pixels to both sides of an edge, where a ring may lie
_FEW = 3  # pixels of a colour make no letter
# What is seen of the page: edges of elements, lines of charts, and words, in CSS pixels.
_SUBJECTS = """(kinds) => {
    const seen = ({ left, top, right, bottom }) =>
        left >= 7 && top >= 7 && right <= innerWidth - 7 && bottom <= innerHeight - 7;
    const isShown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const isOnTop = (e, x, y) => {
        const top = document.elementFromPoint(x, y);
        return Boolean(top) && e.parentElement.contains(top);
    };
    // What is behind a dialog is dim.
    const root = document.querySelector("dialog[open]") ?? document.body;
    const called = (kind, e) => `${kind}: ${e.tagName}.${e.getAttribute("class") ?? ""}`;
    const found = [];
    for (const [kind, selector] of Object.entries(kinds))
        for (const e of root.querySelectorAll(selector)) {
            const box = e.getBoundingClientRect();
            const { left, top, right, bottom, width, height } = box;
            if (!isShown(e) || !width || !height || !seen(box)) continue;
            const middle = left + width / 2;
            if (![top + 1, bottom - 1].every((y) => isOnTop(e, middle, y))) continue;
            const points = [1 / 3, 2 / 3].flatMap((share) => [
                [left + share * width, top, 0], [left + share * width, bottom - 1, 0],
                [left, top + share * height, 1], [right - 1, top + share * height, 1],
            ]);
            const isALine = width < 5;
            found.push({ name: called(kind, e), points: points.filter(([,, x]) => x || !isALine) });
        }
    for (const path of root.querySelectorAll(".drawing .between")) {
        const length = path.getTotalLength();
        const place = path.getScreenCTM();
        const points = [0.5, 0.7].map((share) => {
            const { x, y } = path.getPointAtLength(share * length).matrixTransform(place);
            return [x, y, 0];
        });
        const chart = path.closest(".chart");
        const isClear = points.every(([x, y]) => chart.contains(document.elementFromPoint(x, y)));
        if (isShown(path) && isClear && seen(path.getBoundingClientRect()))
            found.push({ name: called("band", path), points });
    }
    const words = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node; (node = walker.nextNode()); ) {
        const e = node.parentElement;
        if (!/[\\p{L}\\p{N}]/u.test(node.data)) continue;
        // A line of what is set as it stands may hold blanks alone.
        if (!isShown(e) || e.closest(".spoken, math, option, noscript, pre")) continue;
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) {
            const { left, top, width, height } = box;
            if (width < 5 || height < 8 || !seen(box)) continue;
            const [x, y] = [left + width / 2, top + height / 2];
            if (![top + 3, y, top + height - 3].every((at) => isOnTop(e, x, at))) continue;
            words.push({ name: `${called("words", e)} “${node.data.trim().slice(0, 30)}”`,
                box: [left, top, width, height] });
        }
    }
    return { found, words };
}"""


def faint(screen: Screen, kinds: dict[str, str]) -> list[str]:
    """Finds what can't be told from what lies beside it, a line each.

    `kinds` are selectors of what must have an edge that is seen, by what it is.
    """
    found: list[str] = []
    for _ in range(_MOST_LOOKS):  # what an answer brings takes some frames
        found = _Painted(screen).faint(kinds)
        if not found:
            break
        screen.wait_for_paint()
    return found


class _Painted:
    """What is painted of a page now, in its luminances."""

    def __init__(self, screen: Screen) -> None:
        self._page = screen.page
        picture = Image.open(io.BytesIO(screen.page.screenshot(animations="disabled")))
        self._light = _LINEAR[np.asarray(picture.convert("RGB"))] @ _WEIGHTS

    def faint(self, kinds: dict[str, str]) -> list[str]:
        subjects: dict[str, Any] = self._page.evaluate(_SUBJECTS, kinds)
        edges = [one["name"] for one in subjects["found"] if self._is_faint(one["points"])]
        words = [one["name"] for one in subjects["words"] if self._are_lost(*one["box"])]
        return sorted({*edges, *words})

    def _is_faint(self, points: list[tuple[float, float, int]]) -> bool:
        """Tells whether an edge is lost at more than one of `points` (x, y, which way it runs)."""
        lost = 0
        for x, y, is_upright in points:
            row, column = round(y), round(x)
            across = slice(-_ACROSS, _ACROSS + 1)
            line = (
                self._light[row, column + across.start : column + across.stop]
                if is_upright
                else self._light[row + across.start : row + across.stop, column]
            )
            lost += _contrast(line) < LEAST
        return lost > len(points) // 4

    def _are_lost(self, left: float, top: float, width: float, height: float) -> bool:
        rows = slice(int(top), int(top + height))
        part = self._light[rows, int(left) : int(left + width)]
        return _contrast(np.sort(part, axis=None)[_FEW:-_FEW]) < LEAST


def _contrast(light: npt.NDArray[np.float64]) -> float:
    """Returns the greatest contrast between any two of these luminances."""
    return float((light.max() + 0.05) / (light.min() + 0.05))
