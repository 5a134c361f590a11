"""Where the study's results lie, and how its figures are written down."""

import json
import re
from pathlib import Path
from typing import Any, Final

PAGE: Final = "science.md"
PICTURES: Final = "science"
FIGURES: Final = "science/figures.json"

_SHORT_LIST = re.compile(r"\[\s+([^\[\]{}]*?)\s+\]")


def write_figures(figures: dict[str, Any], folder: Path) -> None:
    """Writes `figures` under `folder` (docs), a list of numbers to a line."""
    text = json.dumps(figures, indent=1, ensure_ascii=False)
    lines = _SHORT_LIST.sub(_on_one_line, text)
    path = folder / FIGURES
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(lines + "\n", encoding="utf-8")


def read_figures(folder: Path) -> dict[str, Any]:
    """Reads the figures that lie under `folder` (docs)."""
    figures: dict[str, Any] = json.loads((folder / FIGURES).read_text(encoding="utf-8"))
    return figures


def _on_one_line(found: re.Match[str]) -> str:
    return f"[{' '.join(found[1].split())}]"
