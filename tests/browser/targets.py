"""Whether what one presses is large enough: WCAG 2.2, 2.5.8 for a pointer, 2.5.5 for a finger."""

from tests.browser.legibility import MOST_LOOKS
from tests.browser.screen import Screen

POINTER, FINGER = 24, 44  # CSS pixels
_SMALL = """([least, isOwn]) => {
    const all = "a[href], button, select, input, summary, label:has(input), [role=slider]";
    const isShown = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    // A label is pressed for its input; a link in a sentence has the height of its line.
    const isInLabel = (e) => e.tagName === "INPUT" && e.closest("label");
    const isInSentence = (e) => [...e.parentElement.childNodes].some(
        (one) => one.nodeType === Node.TEXT_NODE && /\\p{L}{2}/u.test(one.data));
    const root = document.querySelector("dialog[open]") ?? document; // what is behind it is inert
    const targets = [...root.querySelectorAll(all)].filter((e) => isShown(e) && !e.disabled
        && !isInLabel(e) && !e.closest(".spoken, .skip") && e.getBoundingClientRect().width > 1
        && !(e.matches("a, button.link") && isInSentence(e)));
    const reach = (e) => (isOwn && e.matches(".hint") ? 24 : least) / 2 - 1; // it lies in words
    return targets.flatMap((e) => {
        e.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
        const { left, top, width, height } = e.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        const isOver = (hit) => hit && (e.contains(hit) || hit.contains(e) && hit.matches(all));
        if (!isOver(document.elementFromPoint(x, y))) return []; // a sheet lies over it, or a card
        const half = reach(e);
        const others = new Set();
        const missed = [[-half, 0], [half, 0], [0, -half], [0, half]].filter(([right, down]) => {
            const hit = document.elementFromPoint(x + right, y + down);
            if (isOver(hit)) return false;
            const other = hit?.closest(all);
            if (!isOwn && !other) return false;
            others.add((other ?? hit)?.outerHTML.slice(0, 60) ?? "the window's edge");
            return true;
        });
        const said = (e.ariaLabel ?? e.textContent).trim().replace(/\\s+/g, " ").slice(0, 30);
        const size = `${Math.round(width)} × ${Math.round(height)}`;
        const name = `${e.tagName}.${e.getAttribute("class") ?? e.type ?? ""} “${said}” ${size}`;
        return missed.length ? [`${name}: under ${[...others].join(", ")}`] : [];
    });
}"""


def too_small(screen: Screen, least: int) -> list[str]:
    """What of `least` pixels about its middle isn't its own, a line each.

    For a pointer it is enough that no other target lies there (the exception for spacing).
    """
    found: list[str] = []
    for _ in range(MOST_LOOKS):  # what is laid out anew by a script takes some frames
        found = screen.page.evaluate(_SMALL, [least, least == FINGER])
        if not found:
            break
        screen.wait_for_paint()
    return found
