"""The page's own ES modules inside one file: an import map of `data:` addresses, no bundler.

Each module's relative imports become bare names, which the map leads to the modules themselves,
so a browser loads them from the file alone, over `file://` too.
"""

import base64
import json
import posixpath
import re
from functools import partial
from pathlib import Path

_IMPORTED = re.compile(
    r"""(?P<before>^(?:import|export)\b[^;"']*?\bfrom\s*|^import\s*|\bimport\()"""
    r"""(?P<quote>["'])(?P<target>\.[^"']+)(?P=quote)""",
    re.MULTILINE,
)
_COMMENT = re.compile(r"/\*\*.*?\*/|^\s*//[^\n]*$", re.DOTALL | re.MULTILINE)


def module_graph(folder: Path, entry: str) -> dict[str, str]:
    """Reads a module and all it imports: name below `folder` → text, imports bare, no comments.

    Raises:
        FileNotFoundError: a module imports what isn't there.
    """
    found: dict[str, str] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        text = _COMMENT.sub("", (folder / name).read_text(encoding="utf-8"))
        targets = {match["target"] for match in _IMPORTED.finditer(text)}
        waiting += [_resolved(name, target) for target in sorted(targets)]
        found[name] = _IMPORTED.sub(partial(_bare, name), text)
    return dict(sorted(found.items()))


def import_map(modules: dict[str, str]) -> str:
    """Returns the JSON of an import map that holds the modules."""
    places = {
        f"filterscope/{name}": "data:text/javascript;base64,"
        + base64.b64encode(text.encode()).decode()
        for name, text in modules.items()
    }
    return json.dumps({"imports": places})


def _bare(name: str, match: re.Match[str]) -> str:
    return f'{match["before"]}"filterscope/{_resolved(name, match["target"])}"'


def _resolved(name: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
