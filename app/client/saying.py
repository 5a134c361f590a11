"""The one line that is printed when something changes, and text that any server can take."""

from __future__ import annotations

import contextlib
import sys


def say(words: str) -> None:
    """Prints one line for the person who trains; where nothing can be printed, nothing happens."""
    line = " ".join(words.split())
    with contextlib.suppress(Exception):
        print(f"filterscope: {line}", file=sys.stderr, flush=True)


def sendable_text(text: object, most: int = 200) -> str:
    """Gives text that UTF-8 can hold, of `most` characters: longer ones lose their middle."""
    whole = str(text).encode("utf-8", "replace").decode("utf-8")
    if len(whole) <= most:
        return whole
    half = (most - 1) // 2
    return f"{whole[: most - 1 - half]}…{whole[-half:]}"


def command() -> str:
    """Gives what to type to start Filterscope, as a sentence names it."""
    package = __name__.partition(".")[0]
    return "filterscope" if package.startswith("filterscope") else f"python -m {package}"
