"""What a download is called: `filterscope-dead-leaves-seed-0.gif`."""

import re
import unicodedata

from ..external.described import Described
from .material import ExportRequest

_LONGEST = 60


def file_name(run: Described, preset: str | None, layer: str | None, wanted: ExportRequest) -> str:
    """Keeps ASCII letters, digits, dots and hyphens only.

    Args:
        run: what it is known by.
        preset: the name of its preset, if it has one.
        layer: the conv layer asked for; None is the first one, which goes without saying.
        wanted: what was asked for.
    """
    parts = ["filterscope", _slug(preset or run.name) or "run", *map(_slug, run.controls)]
    if run.seed is not None:
        parts.append(f"seed-{run.seed}")
    if layer is not None:
        parts.append(_slug(layer))
    if wanted.step is not None:
        parts.append(f"step-{wanted.step}")
    if wanted.format == "csv":
        parts.append(wanted.table)
    if wanted.view != "filters":
        parts.append(wanted.view)
    return f"{'-'.join(parts)}.{wanted.format}"


def _slug(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).lower()
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].rstrip("-")
