"""The client in one file, for machines where nothing may be installed.

It needs no token: it is this program's own text, the same for everybody, and who may only send runs
from a cluster has to get it there.
"""

import gzip
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from .. import __version__
from .files import accepts
from .openapi import TEXT
from .routes import Routes

router = Routes()

PATH = "/client/filterscope_watch.py"
_APP = Path(__file__).resolve().parent.parent
_MODULES = ("client/*.py", "external/packets.py", "vocabulary/snapshot_steps.py")
_HEAD = '''\
"""Filterscope {version}: watch your own training, in one file.

    from filterscope_watch import watch

It needs Python 3.10 or newer and NumPy; nothing else is imported but the library of the model
that is watched. Below are the modules that it is made of, as they are in Filterscope, and how
Python finds them here.
"""

import importlib.abc
import importlib.machinery
import sys

__version__ = "{version}"
__path__: list = []  # a package, whose modules stand below
_MODULES = {{}}


class _Below(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds modules in this file, so that what goes wrong names its lines."""

    def find_spec(self, name, path=None, target=None):
        own, _, inner = name.partition(".")
        if own != __name__ or inner not in _MODULES:
            return None
        is_package = any(other.startswith(f"{{inner}}.") for other in _MODULES)
        return importlib.machinery.ModuleSpec(name, self, is_package=is_package)

    def exec_module(self, module):
        line, source = _MODULES[module.__name__.partition(".")[2]]
        code = compile("\\n" * (line - 1) + source, __file__, "exec")
        exec(code, module.__dict__)


'''
_FOOT = """\
sys.meta_path.append(_Below())
if __name__ != "__main__":
    watch = importlib.import_module(f"{__name__}.client.watching").watch
"""


class OneFile(NamedTuple):
    """The file as it is and compressed, with a name for just this content."""

    plain: bytes
    packed: bytes
    digest: str


@router.head(PATH, include_in_schema=False)
@router.get(
    PATH,
    tags=["external"],
    response_class=Response,
    responses={200: {"content": {"text/x-python": TEXT}}},
)
def get_client_file(request: Request) -> Response:
    """Answers with `watch` in one Python file, which runs alone beside NumPy.

    ```sh
    curl --output filterscope_watch.py http://127.0.0.1:8000/client/filterscope_watch.py
    ```
    """
    file = one_file()
    headers = {
        "Cache-Control": "no-cache",  # asked anew, and answered 304 unless the server is another
        "ETag": f'"{file.digest}"',
        "Vary": "Accept-Encoding",
    }
    if file.digest in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    body = file.plain
    if accepts(request.headers.get("accept-encoding", ""), "gzip"):
        headers["Content-Encoding"], body = "gzip", file.packed
    return Response(body, media_type="text/x-python; charset=utf-8", headers=headers)


@cache
def one_file() -> OneFile:
    """Joins the modules of the client."""
    parts = [_HEAD.format(version=__version__)]
    for name, source in _sources():
        line = 1 + sum(part.count("\n") for part in parts)
        parts.append(_part(name, line, source))
    parts.append(_FOOT)
    plain = "".join(parts).encode()
    return OneFile(plain, gzip.compress(plain, mtime=0), hashlib.sha256(plain).hexdigest()[:16])


def _sources() -> Iterator[tuple[str, str]]:
    for pattern in _MODULES:
        folder = pattern.partition("/")[0]
        if folder != "client":
            yield folder, ""
        for file in sorted(_APP.glob(pattern)):
            name = f"{folder}.{file.stem}".removesuffix(".__init__")
            yield name, file.read_text(encoding="utf-8")


def _part(name: str, line: int, source: str) -> str:
    """Writes a module as a string that reads just like it, with the line that it begins in."""
    quotes = "'''"
    if quotes in source or source.endswith("\\"):
        raise ValueError(f"{name} has {quotes} in it, so it can't stand between them")
    return f"_MODULES[{name!r}] = {line}, r{quotes}{source}{quotes}\n\n"
