"""Prints the path of a Chromium that the browser tests can use; `--install` gets one if need be."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SHELL = "chromium-headless-shell"  # paints as Chromium does, for two thirds of the work
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", SHELL)


def find_chromium(*, shell: bool = False) -> str | None:
    """The path of a Chromium: `CHROMIUM`, one on the PATH, or Playwright's own.

    Args:
        shell: rather the one that has no windows, where there is one.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    on_path = (shutil.which(name) for name in ((SHELL, *NAMES) if shell else NAMES))
    return next((path for path in on_path if path), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _install() -> None:
    """By apt where that is allowed, else Playwright's own build."""
    if not any(map(_apt_install, (SHELL, "chromium"))):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def _apt_install(package: str) -> bool:
    if not shutil.which("apt-get"):
        return False
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and not shutil.which("sudo"):
        return False
    get = [*prefix, "apt-get", "-o", "Acquire::http::Timeout=20"]
    install = [*get, "install", "--yes", "--no-install-recommends", package]
    if _succeeds(install):
        return True
    return _succeeds([*get, "update"]) and _succeeds(install)  # its list may be old, or not there


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode == 0


def main() -> int:
    """Prints the path; 1 when there is no Chromium."""
    path = find_chromium()
    if "--install" in sys.argv[1:]:
        if path is None:
            _install()
        elif os.environ.get("CI") and not os.environ.get("CHROMIUM") and not shutil.which(SHELL):
            _apt_install(SHELL)  # elsewhere whoever has a Chromium may not want another
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
