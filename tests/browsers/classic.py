"""A browser by the driver that comes with it: W3C WebDriver over HTTP."""

import base64
import json
import os
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx

START_SECONDS = 30
_GOES_ON = "ResizeObserver loop"  # what was resized while it watched is told in the next frame
# What the page says of itself before anything of it runs is lost: there is nowhere to listen from.
_LISTEN = """
    if (!window.complaints) {
        window.complaints = [];
        const say = console.error;
        console.error = (...words) => (complaints.push(words.join(" ")), say(...words));
        addEventListener("error", (event) => complaints.push(
            event.message ?? `${event.target.src ?? event.target.href} was not to be had`), true);
        addEventListener("unhandledrejection", ({ reason }) => complaints.push(String(reason)));
        addEventListener("securitypolicyviolation", (event) =>
            complaints.push(`the policy forbids ${event.blockedURI} (${event.violatedDirective})`));
    }
    return location.href;
"""


class Classic:
    """A session with a driver of its own."""

    saves = True

    def __init__(
        self, folder: Path, command: list[str], capabilities: dict[str, Any], **variables: str
    ) -> None:
        self.folder = folder
        port = _free_port()
        self.process = subprocess.Popen(
            [*command, f"--port={port}"],
            env={**os.environ, **variables},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=90, trust_env=False)
        told = self._session({"capabilities": {"alwaysMatch": capabilities}})
        self.at = f"/session/{told['sessionId']}"
        self.name = told["capabilities"]["browserName"]
        self.version = told["capabilities"]["browserVersion"]
        self.tabs = [self._ask("GET", "/window")]
        self.heard: list[str] = []

    def _session(self, wanted: dict[str, Any]) -> Any:
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                return self._told(self.client.post("/session", json=wanted))
            except httpx.ConnectError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    @staticmethod
    def _told(answer: httpx.Response) -> Any:
        value = answer.json()["value"]
        if answer.status_code != 200:
            raise AssertionError(f"{value['error']}: {value['message']}")
        return value

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        content = None if method == "GET" else json.dumps(body or {})
        return self._told(self.client.request(method, self.at + path, content=content))

    def go(self, url: str) -> None:
        self._gather()
        self._ask("POST", "/url", {"url": url})
        self._ask("POST", "/execute/sync", {"script": _LISTEN, "args": []})

    def run(self, function: str) -> str:
        script = (
            f"{_LISTEN.replace('return location.href;', '')}"
            "const done = arguments[arguments.length - 1];"
            f"({function})().then(done, (error) => done({{ error: String(error) }}));"
        )
        told = self._ask("POST", "/execute/async", {"script": script, "args": []})
        if isinstance(told, dict):
            raise AssertionError(f"{told['error']} in {function}")
        return str(told)

    def perform(self, sources: list[dict[str, Any]]) -> None:
        self._ask("POST", "/actions", {"actions": sources})

    def choose(self, selector: str, file: Path) -> None:
        found = self._ask("POST", "/element", {"using": "css selector", "value": selector})
        (element,) = found.values()
        self._ask("POST", f"/element/{element}/value", {"text": str(file)})

    def picture(self) -> bytes:
        return base64.b64decode(self._ask("GET", "/screenshot"))

    def resize(self, width: int, height: int) -> None:
        """The window is larger than the page in it, by what can only be measured."""
        self._ask("POST", "/window/rect", {"x": 0, "y": 0, "width": width, "height": height})
        inner = self._ask(
            "POST", "/execute/sync", {"script": "return [innerWidth, innerHeight]", "args": []}
        )
        rect = {"width": 2 * width - inner[0], "height": 2 * height - inner[1]}
        self._ask("POST", "/window/rect", {"x": 0, "y": 0, **rect})

    def open_tab(self) -> None:
        self.tabs.append(self._ask("POST", "/window/new", {"type": "window"})["handle"])
        self.use_tab(len(self.tabs) - 1)

    def use_tab(self, number: int) -> None:
        self._ask("POST", "/window", {"handle": self.tabs[number]})

    def close_tab(self) -> None:
        self._gather()
        self._ask("DELETE", "/window")
        self.tabs.pop()
        self.use_tab(len(self.tabs) - 1)

    def _gather(self) -> None:
        script = "const all = window.complaints ?? []; window.complaints = undefined; return all;"
        self.heard += self._ask("POST", "/execute/sync", {"script": script, "args": []})

    def complaints(self) -> list[str]:
        self._gather()
        heard, self.heard = self.heard, []
        return [words for words in heard if not words.startswith(_GOES_ON)]

    def close(self) -> None:
        self._ask("DELETE", "")
        self.client.close()
        self.process.terminate()
        self.process.wait(START_SECONDS)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
