"""The glossary as the page shows it, read from the document that all others go by.

`python -m app.contract` writes it into `static/glossary.json`, which travels where documents don't.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from .page_files import STATIC

DOCUMENT: Final = STATIC.parent / "docs/glossary.md"
FILE: Final = STATIC / "glossary.json"

_NOT_FOR_THE_PAGE = "Inside the program"
_ENTRY = re.compile(r"^ *- (.*(?:\n(?! *- |#|\n).*)*)", re.MULTILINE)
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


def text() -> str:
    """Gives the text of the file: sections of entries, each with the words that lead to it."""
    sections = [
        {"title": title, "entries": list(_entries(body))}
        for title, body in _sections(DOCUMENT.read_text(encoding="utf-8"))
        if title != _NOT_FOR_THE_PAGE
    ]
    return json.dumps({"sections": sections}, ensure_ascii=False, indent=1) + "\n"


def _sections(document: str) -> Iterator[tuple[str, str]]:
    for part in document.split("\n## ")[1:]:
        title, _, body = part.partition("\n")
        yield title, body


def _entries(body: str) -> Iterator[dict[str, Any]]:
    for found in _ENTRY.finditer(body):
        written = " ".join(found[1].split())
        if written.startswith("`"):  # labels: the words that the code has for them
            before, _, after = written.partition(":")
            names = _CODE.findall(before) + _BOLD.findall(after)
        else:
            names, after = _BOLD.findall(written), _BOLD.sub("", written, count=1)
        yield {"id": _slug(names[0]), "names": names, "text": _plain(after)}


def _plain(written: str) -> str:
    """Takes the marks out of a text, and what joined it to the word that it explains.

    >>> _plain(": **one** of `many`, see [there](there.md)")
    'one of many, see there'
    """
    for mark in (_LINK, _BOLD, _CODE):
        written = mark.sub(r"\1", written)
    return written.replace("*", "").strip(" :,;")


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
