"""What the page needs before it can show anything: its rules and its modules.

On a line with 40 ms of delay each file that is found out about late costs 40 ms. So the few rules
that the bar needs stand in the page, the other parts of the style sheet are sent as one, and the
page names every file of code it begins with, to be asked for once that sheet is there.
"""

import base64
import gzip
import hashlib
import posixpath
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from ..page_files import STATIC
from . import joined
from .files import accepts
from .joined import PageCode

# In the order of the cascade. The first stand in the page itself: what is seen before the rest is
# there, the bar and the places of the parts, needs no other rule.
FIRST_STYLE_PARTS = ("colours", "tokens", "base", "buttons", "layout", "bar")
# All that the light page for followers has.
LIGHT_STYLE_PARTS = ("colours", "tokens", "base", "buttons", "class", "forced")
# What scenes need beyond comes with them.
STYLE_PARTS = (
    *("controls", "rail", "stage", "montage", "facts", "measures", "network", "program"),
    *("dock", "scrubber", "overlays", "export", "short", "low", "touch", "forced", "print"),
)
_STATIC_IMPORT = re.compile(
    r"""^(?:import|export)\s[^"'=]*["'](\.{1,2}/[^"']+\.js)["'];""", re.MULTILINE
)


class StyleSheet(NamedTuple):
    """All parts in one, as they are and compressed, with a name for just this content."""

    plain: bytes
    packed: bytes
    digest: str


def inline_style(parts: tuple[str, ...]) -> tuple[str, str]:
    """Gives the rules that stand in a page, and the source by which a policy lets in these
    alone.
    """
    rules = _joined(_as_they_are(parts)).plain
    digest = base64.b64encode(hashlib.sha256(rules).digest()).decode()
    return rules.decode(), f"'sha256-{digest}'"


def style_sheet() -> StyleSheet:
    """Returns the page's style sheet as its parts are now."""
    return _joined(_as_they_are(STYLE_PARTS))


def modules() -> PageCode:
    """Returns the files that the page begins with, joined or each module by itself."""
    return joined.beginning("js/main.js") or _as_written("js/main.js", "js/later.js")


def light_modules() -> PageCode:
    """Returns the files by which the light page paints its first filters, and what follows."""
    return joined.beginning("js/class/main.js") or _as_written("js/class/main.js")


@cache
def _as_written(entry: str, later: str | None = None) -> PageCode:
    """Finds all modules that one imports, those found first to come first."""
    found: list[str] = []
    _add_with_imports(entry, found)
    needed = len(found)
    if later:
        _add_with_imports(later, found)
    return PageCode(tuple(found[:needed]), tuple(found[needed:]))


def _add_with_imports(root: str, found: list[str]) -> None:
    known, at = set(found), len(found)
    found.append(root)
    while at < len(found):
        name, at = found[at], at + 1
        for target in _STATIC_IMPORT.findall((STATIC / name).read_text(encoding="utf-8")):
            imported = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
            if imported not in known:
                known.add(imported)
                found.append(imported)


def answer_style_sheet(request: Request) -> Response:
    """Answers with the style sheet; an address with its digest may be kept for ever."""
    sheet = style_sheet()
    is_versioned = request.query_params.get("v") == sheet.digest
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable" if is_versioned else "no-cache",
        "Vary": "Accept-Encoding",
    }
    if accepts(request.headers.get("accept-encoding", ""), "gzip"):
        headers["Content-Encoding"] = "gzip"
        return Response(sheet.packed, media_type="text/css", headers=headers)
    return Response(sheet.plain, media_type="text/css", headers=headers)


def _as_they_are(names: tuple[str, ...]) -> tuple[tuple[Path, int], ...]:
    parts = [STATIC / f"css/{name}.css" for name in names]
    return tuple((part, part.stat().st_mtime_ns) for part in parts)


@cache
def _joined(parts: tuple[tuple[Path, int], ...]) -> StyleSheet:
    plain = b"\n".join(part.read_bytes() for part, _ in parts)
    return StyleSheet(plain, gzip.compress(plain, mtime=0), hashlib.sha256(plain).hexdigest()[:12])
