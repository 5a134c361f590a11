"""Chromium and WebKit, with the programs that drive them."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.browser.find_chromium import find_chromium
from tests.browsers.classic import START_SECONDS, Classic


class Chromium(Classic):
    """Headless, as Debian's chromium-driver or the maker's own starts it."""

    def __init__(self, folder: Path) -> None:
        arguments = [
            "--headless=new",
            "--disable-gpu",
            "--no-first-run",
            f"--user-data-dir={folder}/profile",
        ]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")
        prefs = {"download.default_directory": str(folder / "Downloads")}
        options = {"binary": find_chromium(), "args": arguments, "prefs": prefs}
        super().__init__(folder, ["chromedriver"], {"goog:chromeOptions": options})


class WebKit(Classic):
    """WebKitGTK's small browser, in a screen of its own that nobody looks at."""

    saves = False

    def __init__(self, folder: Path) -> None:
        self.screen = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", "1920x1400x24", "-nolisten", "tcp"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.screen.stdout is not None
        with self.screen.stdout as told:
            display = f":{told.readline().strip()}"
        super().__init__(folder, ["WebKitWebDriver"], {}, DISPLAY=display, HOME=str(folder))

    def close(self) -> None:
        super().close()
        self.screen.terminate()
        self.screen.wait(START_SECONDS)


def lacking(name: str) -> str:
    """The programs that a browser needs and that aren't there, in words; empty where all are."""
    needed = {"chromium": ["chromedriver"], "webkit": ["WebKitWebDriver", "Xvfb"]}[name]
    missing = [program for program in needed if not shutil.which(program)]
    if name == "chromium" and not find_chromium():
        missing.append("chromium")
    return ", ".join(missing)
