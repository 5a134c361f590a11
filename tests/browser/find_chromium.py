"""Prints the path of a Chromium that the browser tests can use; `--install` gets one if need be."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """The path of a Chromium: `CHROMIUM`, one on the PATH, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    on_path = (shutil.which(name) for name in NAMES)
    return next((path for path in on_path if path), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _install() -> None:
    """By apt where that is allowed, else Playwright's own build."""
    if not _apt_install():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def _apt_install() -> bool:
    if not shutil.which("apt-get"):
        return False
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and not shutil.which("sudo"):
        return False
    command = [*prefix, "apt-get", "install", "--yes", "--no-install-recommends", "chromium"]
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode == 0


def main() -> int:
    """Prints the path; 1 when there is no Chromium."""
    path = find_chromium()
    if path is None and "--install" in sys.argv[1:]:
        _install()
        path = find_chromium()
    if path is None:
        sys.stderr.write(
            "The browser tests need Chromium: install one, or name it in the variable CHROMIUM.\n"
            "`make test-fast` runs everything else.\n"
        )
        return 1
    sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
