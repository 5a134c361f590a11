"""Runs as a site of static files: a first page with a strip of each, and a page of each behind it.

Any web server can serve it, and it opens from a disk: addresses are relative, nothing asks a
server of ours, and what all pages need lies there once.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable
from typing import Any, BinaryIO, Final, NamedTuple

from ..vocabulary.palette import GROUND
from . import words
from .laid_out import laid
from .material import Material
from .names import plain_words
from .page import Beside, icon, offline_page, page_code, page_styles, templates
from .strip import Strip, strip

MARK: Final = "filterscope-site.json"
"""A file by which a folder is known to hold a site, which a later one may take the place of."""

_WRITTEN = (1980, 1, 1, 0, 0, 0)  # the same runs make the same bytes, whenever
_MOST_FRAMES = 80
_INDEX_STYLES = ("colours", "tokens", "base", "site")


class _Card(NamedTuple):
    """A run on the first page."""

    run: dict[str, Any]
    claim: str
    origin: str
    page: str
    moving: str | None
    resting: str
    strip: Strip
    left_out: int
    facts: list[str]


def write_site(file: BinaryIO, materials: Iterable[Material], title: str, version: str) -> None:
    """Writes the site as a zip, run by run, so that one alone lies in memory.

    Args:
        materials: of the runs, in the order in which they are shown.
        title: of the first page.
        version: of Filterscope.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as site:
        code = _shared(site, "page", "js", page_code())
        styles = _shared(site, "page", "css", page_styles())
        beside = Beside(f"../{styles}", f"../{code}", "../index.html")
        cards = [_written(site, laid(material), beside) for material in materials]
        index = (
            templates()
            .get_template("site.html")
            .render(
                title=title,
                version=version,
                cards=cards,
                ground=GROUND,
                icon=icon(),
                styles=_shared(site, "index", "css", page_styles(_INDEX_STYLES)),
            )
        )
        _add(site, "index.html", index)
        mark = {"title": title, "filterscope": version, "runs": [card.run["id"] for card in cards]}
        _add(site, MARK, json.dumps(mark))


def _written(site: zipfile.ZipFile, material: Material, beside: Beside) -> _Card:
    run, film = material.run, material.films[0]
    name = "-".join(filter(None, (plain_words(run["name"]), run["id"])))
    page, moving, resting = f"runs/{name}.html", f"strips/{name}.webp", f"strips/{name}-still.webp"
    painted = strip(film)
    _add(site, page, offline_page(material, _MOST_FRAMES, beside))
    _add(site, resting, painted.resting)
    if painted.moving is not None:
        _add(site, moving, painted.moving)
    return _Card(
        run=run,
        claim=words.claim(film.frames[-1], film),
        origin=words.origin(material),
        page=page,
        moving=None if painted.moving is None else moving,
        resting=resting,
        strip=painted,
        left_out=max(0, film.frames[0].kernel.shape[3] - painted.filters),
        facts=_facts(material),
    )


def _facts(material: Material) -> list[str]:
    run = material.run
    facts = [f"{run['step']:,} {'epochs' if material.described.step_unit == 'epoch' else 'steps'}"]
    right = material.thinned_curves["evaluations"].get("validation_accuracy") or []
    told = [share for share in right if share is not None]
    if told:
        facts.append(f"{words.percent(told[-1])} right")
    return [*facts, run["created_at"][:10]]


def _shared(site: zipfile.ZipFile, name: str, kind: str, text: str) -> str:
    """Adds a file that pages have in common, named by what it holds, so that it may be cached."""
    path = f"shared/{name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.{kind}"
    _add(site, path, text)
    return path


def _add(site: zipfile.ZipFile, path: str, content: str | bytes) -> None:
    entry = zipfile.ZipInfo(path, _WRITTEN)
    entry.external_attr = 0o644 << 16
    is_packed = path.endswith(".webp")
    entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    site.writestr(entry, content)
