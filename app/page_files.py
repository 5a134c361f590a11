"""Where the page's own files lie: style sheets, modules, templates."""

from pathlib import Path

_ROOT = Path(__file__).parent.parent

STATIC = _ROOT / "static"
TEMPLATES = _ROOT / "templates"
