"""What a download is called: `filterscope-dead-leaves-seed-0.gif`."""

import re
import unicodedata

from ..external.described import Described
from .material import ENDINGS, ExportRequest

_LONGEST = 60


def file_name(run: Described, preset: str | None, layer: str | None, wanted: ExportRequest) -> str:
    """Keeps ASCII letters, digits, dots and hyphens only.

    Args:
        run: what it is known by.
        preset: the name of its preset, if it has one.
        layer: the conv layer asked for; None is the first one, which goes without saying.
        wanted: what was asked for.
    """
    parts = [
        "filterscope",
        plain_words(preset or run.name) or "run",
        *map(plain_words, run.controls),
    ]
    if run.seed is not None:
        parts.append(f"seed-{run.seed}")
    if layer is not None:
        parts.append(plain_words(layer))
    if wanted.step is not None:
        parts.append(f"step-{wanted.step}")
    if wanted.format == "csv":
        parts.append(wanted.table)
    if wanted.view != "filters":
        parts.append(wanted.view)
    return f"{'-'.join(parts)}.{ENDINGS.get(wanted.format, wanted.format)}"


def plain_words(text: str) -> str:
    """Keeps of a name what any file system and address takes: `My ResNet!` is `my-resnet`."""
    letters = unicodedata.normalize("NFKD", text).lower()
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].rstrip("-")
