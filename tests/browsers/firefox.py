"""Firefox, by the protocol that it speaks itself (W3C WebDriver BiDi): no driver beside it."""

import base64
import json
import os
import re
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

_PATIENCE_SECONDS = 90
# It asks its maker for news at every start; here nothing may be asked of anybody.
_QUIET = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "remote.prefs.recommended": True,
    "services.settings.server": "data:,none",
    "toolkit.telemetry.server": "data:,none",
}


class Firefox:
    """A window without a screen."""

    name = "firefox"
    saves = True

    def __init__(self, program: str, folder: Path) -> None:
        self.folder = folder
        profile = folder / "profile"
        profile.mkdir()
        prefs = [f"user_pref({json.dumps(key)}, {json.dumps(to)});" for key, to in _QUIET.items()]
        (profile / "user.js").write_text("\n".join(prefs))
        with (folder / "log").open("w") as log:
            self.process = subprocess.Popen(
                [program, "--headless", "--profile", str(profile), "--remote-debugging-port=0"],
                stdout=log,
                stderr=log,
                env={**os.environ, "HOME": str(folder)},
            )
        self.opened = ExitStack()
        self.socket = self.opened.enter_context(
            connect(f"{_address(folder / 'log')}/session", max_size=None, ping_interval=None)
        )
        self.asked = 0
        self.heard: list[str] = []
        self.version = self._ask("session.new", capabilities={})["capabilities"]["browserVersion"]
        self._ask("session.subscribe", events=["log.entryAdded"])
        saved = {"type": "allowed", "destinationFolder": str(folder / "Downloads")}
        self._ask("browser.setDownloadBehavior", downloadBehavior=saved)
        self.tabs = [self._ask("browsingContext.getTree")["contexts"][0]["context"]]
        self.tab = self.tabs[0]

    def _ask(self, method: str, **parameters: Any) -> Any:
        self.asked += 1
        asked = {"id": self.asked, "method": method, "params": parameters}
        self.socket.send(json.dumps(asked))
        while True:
            told = json.loads(self.socket.recv(_PATIENCE_SECONDS))
            if told["type"] == "event":
                self._hear(told["params"])
            elif told["id"] == self.asked:
                if told["type"] == "error":
                    raise AssertionError(f"{told['error']}: {told['message']} in {asked}")
                return told["result"]

    def _hear(self, entry: dict[str, Any]) -> None:
        if entry["level"] == "error":
            self.heard.append(entry["text"])

    def go(self, url: str) -> None:
        kept = self.complaints()
        self._ask("browsingContext.navigate", context=self.tab, url=url, wait="complete")
        # A module that was on its way when one left is no fault of the page that one left.
        left = self.complaints()
        self.heard = kept + [words for words in left if "dynamically imported" not in words]

    def run(self, function: str) -> str:
        told = self._ask(
            "script.evaluate",
            expression=f"({function})()",
            target={"context": self.tab},
            awaitPromise=True,
            userActivation=False,
        )
        if told["type"] == "exception":
            raise AssertionError(f"{told['exceptionDetails']['text']} in {function}")
        return str(told["result"]["value"])

    def perform(self, sources: list[dict[str, Any]]) -> None:
        self._ask("input.performActions", context=self.tab, actions=sources)

    def choose(self, selector: str, file: Path) -> None:
        found = self._ask(
            "script.evaluate",
            expression=f"document.querySelector({json.dumps(selector)})",
            target={"context": self.tab},
            awaitPromise=False,
        )
        element = {"sharedId": found["result"]["sharedId"]}
        self._ask("input.setFiles", context=self.tab, element=element, files=[str(file)])

    def picture(self) -> bytes:
        shot = self._ask("browsingContext.captureScreenshot", context=self.tab)
        return base64.b64decode(shot["data"])

    def resize(self, width: int, height: int) -> None:
        size = {"width": width, "height": height}
        self._ask("browsingContext.setViewport", context=self.tab, viewport=size)

    def open_tab(self) -> None:
        self.tabs.append(self._ask("browsingContext.create", type="tab")["context"])
        self.use_tab(len(self.tabs) - 1)

    def use_tab(self, number: int) -> None:
        self.tab = self.tabs[number]
        self._ask("browsingContext.activate", context=self.tab)

    def close_tab(self) -> None:
        self._ask("browsingContext.close", context=self.tabs.pop())
        self.use_tab(len(self.tabs) - 1)

    def complaints(self) -> list[str]:
        heard, self.heard = self.heard, []
        return heard

    def close(self) -> None:
        self._ask("browser.close")
        self.opened.close()
        self.process.wait(_PATIENCE_SECONDS)


def _address(log: Path) -> str:
    """Where it listens, once it has said so."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        found = re.search(r"listening on (ws://\S+)", log.read_text())
        if found:
            return found[1]
        time.sleep(0.1)
    raise AssertionError(f"Firefox said no address: {log.read_text()[-500:]}")
