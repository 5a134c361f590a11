"""Where the page's own files lie: style sheets, modules, templates."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
# A wheel carries them inside the package; in a checkout they lie beside it.
_ROOT = _PACKAGE if (_PACKAGE / "static").is_dir() else _PACKAGE.parent

STATIC = _ROOT / "static"
TEMPLATES = _ROOT / "templates"
