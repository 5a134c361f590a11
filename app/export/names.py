"""What a download is called: `filterscope-dead-leaves-seed-0.gif`."""

import re
import unicodedata
from typing import Any

from .material import ExportRequest

_LONGEST = 60


def file_name(run: dict[str, Any], layer: str | None, wanted: ExportRequest) -> str:
    """ASCII letters, digits, dots and hyphens only.

    Args:
        run: as the interface tells it.
        layer: the conv layer asked for; None is the first one, which goes without saying.
        wanted: what was asked for.
    """
    parts = ["filterscope", _slug(run["preset"] or run["name"]) or "run", *_spoilt(run["recipe"])]
    parts.append(f"seed-{run['recipe'].get('seed', 0)}")
    if layer is not None:
        parts.append(_slug(layer))
    if wanted.step is not None:
        parts.append(f"step-{wanted.step}")
    if wanted.format == "csv":
        parts.append(wanted.table)
    if wanted.view != "filters":
        parts.append(wanted.view)
    return f"{'-'.join(parts)}.{wanted.format}"


def _spoilt(recipe: dict[str, Any]) -> list[str]:
    spoilt = (("pixels", "natural", "shuffled-pixels"), ("labels", "true", "random-labels"))
    return [word for field, sound, word in spoilt if recipe.get(field, sound) != sound]


def _slug(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).lower()
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].rstrip("-")
