"""Whether all words of a page can be read: none is cut, lies over another or under a button."""

from tests.browser.screen import Screen

# A name that its user chose may end in dots, and the network is a diagram that lies in two
# dimensions.
_NAMES = ".menu, .runs, .name, .network-strip, .build-summary"
MOST_LOOKS = 40
_FAULTS = """
    (names) => {
        const edges = (e) => (({left, right, top, bottom}) => ({left, right, top, bottom}))(e);
        const isSeen = (e) =>
            e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
        const called = (e) => e.tagName + "." + (e.getAttribute("class") ?? "");
        const known = new Map();
        // What cuts the words in an element, from the inside; whether they stand still.
        const around = (e) => {
            if (!e || e === document.body) return { cuts: [], stands: false };
            if (known.has(e)) return known.get(e);
            const look = getComputedStyle(e);
            const outer = around(e.parentElement);
            const stands = outer.stands || ["fixed", "sticky"].includes(look.position);
            const isDrawn = e instanceof SVGElement && e.tagName !== "svg";
            const isBox = !isDrawn && !["inline", "contents"].includes(look.display);
            const isCut = isBox && (look.overflowX !== "visible" || look.overflowY !== "visible");
            const own = { name: called(e), box: edges(e.getBoundingClientRect()),
                x: look.overflowX, y: look.overflowY, gone: look.clipPath !== "none" };
            const cuts = isCut || own.gone ? [own, ...outer.cuts] : outer.cuts;
            const found = { cuts: look.position === "fixed" ? cuts.slice(0, 1) : cuts, stands };
            known.set(e, found);
            return found;
        };
        const faults = new Set();
        if (document.documentElement.scrollWidth > innerWidth)
            faults.add("the page scrolls sideways");
        const shown = [];
        const check = (e, box, words) => {
            const { cuts, stands } = around(e);
            if (cuts.some(({ gone, box }) => gone || box.right - box.left <= 1)) return;
            for (const { name, box: cut, x, y } of cuts) {
                const out = Math.max(box.right - cut.right, cut.left - box.left);
                if (x !== "visible" && out > 1) faults.add(`${words}: cut at the side by ${name}`);
                const low = Math.max(box.bottom - cut.bottom, cut.top - box.top);
                if (["hidden", "clip"].includes(y) && low > 3)
                    faults.add(`${words}: cut by ${name}`);
                box.top = Math.max(box.top, cut.top);
                box.bottom = Math.min(box.bottom, cut.bottom);
            }
            if (box.right > innerWidth + 1 || box.left < -1)
                faults.add(`${words}: beyond the window`);
            if (!stands && box.bottom > box.top) shown.push({ e, box, words });
        };
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        const left = "select, script, style, template, noscript, .spoken, title, defs, " + names;
        for (let node; (node = walker.nextNode()); ) {
            const e = node.parentElement;
            if (!node.data.trim() || !e || e.closest(left) || !isSeen(e)) continue;
            range.selectNodeContents(node);
            for (const one of range.getClientRects())
                if (one.width > 1 && one.height > 1)
                    check(e, edges(one), `${called(e)} “${node.data.trim().slice(0, 30)}”`);
        }
        const depth = (a, b) => Math.min(
            Math.min(a.right, b.right) - Math.max(a.left, b.left),
            Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
        shown.forEach((one, at) => {
            for (const other of shown.slice(0, at))
                if (one.e !== other.e && depth(one.box, other.box) > 3)
                    faults.add(`${one.words} lies over ${other.words}`);
        });
        for (const button of document.querySelectorAll(".button, select, input:not(.spoken)")) {
            if (!isSeen(button) || around(button).stands) continue;
            const box = button.getBoundingClientRect();
            const isOut = ({ box: cut }) => box.bottom > cut.bottom || box.top < cut.top;
            if (around(button).cuts.some(isOut))
                continue; // it is scrolled away, under what words lie that are in sight
            for (const { e, box: words, words: said } of shown)
                if (!button.contains(e) && !e.contains(button)
                        && !e.closest("label")?.contains(button) && depth(box, words) > 3)
                    faults.add(`${said} lies under ${called(button)}`);
        }
        return [...faults];
    }
"""


def faults(screen: Screen) -> list[str]:
    """What of the page's words can't be read at the size that it has, a line each."""
    found: list[str] = []
    for _ in range(MOST_LOOKS):  # what is laid out anew by a script takes some frames
        found = screen.page.evaluate(_FAULTS, _NAMES)
        if not found:
            break
        screen.wait_for_paint()
    return found
