"""A window of any browser that speaks W3C's WebDriver, in its old or its new form."""

import base64
import contextlib
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

PATIENCE_SECONDS = 60
_LOOK_SECONDS = 0.05
# WebDriver's names for keys that print nothing.
_KEYS = {
    "Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004", "Home": "\ue011", "End": "\ue010",
    "ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015",
    "PageUp": "\ue00e", "PageDown": "\ue00f", "Insert": "\ue016", "Delete": "\ue017",
}  # fmt: skip
# Where the middle of an element is, once it is the same in two frames and nothing lies above it.
_PLACE = """
    (async (selector, text) => {
        const found = [...document.querySelectorAll(selector)].find(
            (one) => one.checkVisibility() && one.textContent.includes(text));
        if (!found) return null;
        found.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
        const place = () => {
            const box = found.getBoundingClientRect();
            return [box.left + box.width / 2, box.top + box.height / 2];
        };
        const at = place();
        await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
        if (place().join() !== at.join()) return null;
        const hit = document.elementFromPoint(...at);
        return hit && (found.contains(hit) || hit.contains(found)) ? at : null;
    })
"""


class Driver(Protocol):
    """What a browser does for a test; all else is made of it."""

    name: str
    version: str
    tabs: list[str]
    saves: bool  # files, into a folder
    folder: Path  # what it writes; saved files are in Downloads

    def go(self, url: str) -> None: ...
    def run(self, function: str) -> str: ...
    def perform(self, sources: list[dict[str, Any]]) -> None: ...
    def choose(self, selector: str, file: Path) -> None: ...
    def picture(self) -> bytes: ...
    def resize(self, width: int, height: int) -> None: ...
    def open_tab(self) -> None: ...
    def use_tab(self, number: int) -> None: ...
    def close_tab(self) -> None: ...
    def complaints(self) -> list[str]: ...
    def close(self) -> None: ...


class Window:
    """The page as a test sees it: words, pictures, mouse and keys."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.downloads = driver.folder / "Downloads"

    def evaluate(self, expression: str) -> Any:
        """What an expression of the page is, awaited."""
        function = f"async () => JSON.stringify(await ({expression.strip()})) ?? 'null'"
        return json.loads(self.driver.run(function))

    def wait(self, condition: str) -> Any:
        """Waits until an expression is true, and gives it."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not (found := self.evaluate(condition)):
            if time.monotonic() > end:
                shown = self.evaluate("document.body.innerText.slice(0, 800)")
                raise AssertionError(f"{condition} never came true; the page says {shown!r}")
            time.sleep(_LOOK_SECONDS)
        return found

    def see(self, selector: str, text: str = "") -> None:
        """Waits until an element that can be seen holds `text`."""
        self.wait(
            f"[...document.querySelectorAll({json.dumps(selector)})].some((one) => "
            f"one.checkVisibility() && one.textContent.includes({json.dumps(text)}))"
        )

    def click(self, selector: str, text: str = "") -> None:
        """Presses the middle of the first such element with `text` that can be pressed."""
        self.stroke(self.wait(f"{_PLACE}({json.dumps(selector)}, {json.dumps(text)})"))

    def stroke(self, *places: Sequence[float]) -> None:
        """Presses the mouse at the first place and lets it go at the last."""
        to = [
            {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 50} for x, y in places
        ]
        press, let_go = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        pointer = {"pointerType": "mouse"}
        actions = [to[0], press, *to[1:], let_go]
        self.driver.perform(
            [{"type": "pointer", "id": "mouse", "parameters": pointer, "actions": actions}]
        )

    def press(self, *keys: str) -> None:
        """Presses keys one after the other, on what has the focus."""
        pressed = [_KEYS.get(key, key) for key in keys]
        actions = [{"type": kind, "value": key} for key in pressed for kind in ("keyDown", "keyUp")]
        self.driver.perform([{"type": "key", "id": "keys", "actions": actions}])

    def focus(self, selector: str) -> None:
        self.wait(f"document.querySelector({json.dumps(selector)}) !== null")
        self.evaluate(f"document.querySelector({json.dumps(selector)}).focus()")

    def box(self, selector: str) -> tuple[float, float, float, float]:
        """Left, top, width and height of an element."""
        found = self.evaluate(
            f"(({{ left, top, width, height }}) => [left, top, width, height])"
            f"(document.querySelector({json.dumps(selector)}).getBoundingClientRect())"
        )
        left, top, width, height = found
        return left, top, width, height

    def pixels(self, selector: str) -> str:
        """What a canvas shows, to compare."""
        return str(self.evaluate(f"document.querySelector({json.dumps(selector)}).toDataURL()"))

    def keep_files(self) -> None:
        """Keeps what the page has saved, for browsers that save nothing for a driver."""
        self.evaluate(
            "(window.kept = [], window.makeAddress = URL.createObjectURL, URL.createObjectURL ="
            "(file) => (kept.push(file), makeAddress.call(URL, file)), true)"
        )

    def saved(self, ending: str) -> bytes:
        """Waits for a file that was saved, and takes it away."""
        if not self.driver.saves:
            self.wait("kept.length > 0")
            text = self.evaluate(
                "kept.shift().arrayBuffer().then((file) => btoa("
                "Array.from(new Uint8Array(file), (byte) => String.fromCharCode(byte)).join('')))"
            )
            return base64.b64decode(text)
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            for file in self.downloads.glob(f"*{ending}"):
                # Firefox writes under a name of its own first, which is gone a moment later.
                with contextlib.suppress(FileNotFoundError):
                    if file.stat().st_size and not [*self.downloads.glob(f"{file.name}.*")]:
                        data = file.read_bytes()
                        file.unlink()
                        return data
            time.sleep(_LOOK_SECONDS)
        there = [file.name for file in self.downloads.iterdir()]
        raise AssertionError(f"no {ending} was saved, there are {there}")
