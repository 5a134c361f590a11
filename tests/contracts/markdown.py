"""Markdown as the contract tests read it: links, headings, and text without code."""

import re
from collections.abc import Iterator

_FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_INLINE_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)|\b(?:src|srcset|href)=\"([^\"]+)\"")
_HEADING = re.compile(r"^#{1,6}\s+(.*)$", re.MULTILINE)


def links_in(text: str) -> Iterator[str]:
    """The targets of all links and pictures, HTML's too, outside of code."""
    prose = _INLINE_CODE.sub("", _FENCED.sub("", text))
    for target in _LINK.finditer(prose):
        yield target[1] or target[2]


def anchors_in(text: str) -> set[str]:
    """What links can point to inside a page, as GitHub makes it from the headings."""
    return {_slug(heading) for heading in _HEADING.findall(_FENCED.sub("", text))}


def _slug(heading: str) -> str:
    heading = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", heading).replace(" ", "-")
