"""Static files: compressed ahead of time where they are large, else when first sent; not stale."""

import gzip
from functools import cache
from os import PathLike, stat_result
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_ENCODINGS = {"br": ".br", "gzip": ".gz"}  # best first
_TEXTS = {".js", ".css", ".svg", ".html"}


class Files(StaticFiles):
    """Sends `name.br` or `name.gz` in place of `name` to whoever understands it.

    Addresses with a version (`?v=3.1.0`) may be kept for ever; others are asked for again each
    time, which costs an empty answer.
    """

    def file_response(
        self,
        full_path: PathLike[str] | str,
        stat_result: stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Answers with the file, or that it hasn't changed."""
        path = Path(full_path)
        accepted = Headers(scope=scope).get("accept-encoding", "")
        variants = {name: path.with_name(path.name + end) for name, end in _ENCODINGS.items()}
        there = {name: variant for name, variant in variants.items() if variant.is_file()}
        encoding = next((name for name in there if accepts(accepted, name)), None)
        if encoding is not None:
            full_path, stat_result = there[encoding], there[encoding].stat()
        response = super().file_response(full_path, stat_result, scope, status_code)
        if encoding is not None and response.status_code == status_code:
            response.headers["Content-Encoding"] = encoding
            response.headers["Content-Type"] = self._type_of(path)
        elif path.suffix in _TEXTS and not there:
            response = _packed_on_the_way(response, path, stat_result, accepted)
        if there:
            response.headers["Vary"] = "Accept-Encoding"
        is_versioned = b"v=" in scope["query_string"]
        kept = "public, max-age=31536000, immutable" if is_versioned else "no-cache"
        response.headers["Cache-Control"] = kept
        return response

    def _type_of(self, path: Path) -> str:
        import mimetypes

        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _packed_on_the_way(
    response: Response, path: Path, stat_result: stat_result, accepted: str
) -> Response:
    """Compresses the same file for whoever understands that; its tag is the file's, but weak."""
    response.headers["Vary"] = "Accept-Encoding"
    if response.status_code != 200 or not accepts(accepted, "gzip"):
        return response
    body = _packed(path, stat_result.st_mtime_ns)
    kept = {name: response.headers[name] for name in ("content-type", "last-modified", "vary")}
    tag = {"ETag": f"W/{response.headers['etag']}", "Content-Encoding": "gzip"}
    return Response(body, headers=kept | tag)


@cache
def _packed(path: Path, _changed_at: int) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)


def accepts(header: str, encoding: str) -> bool:
    """Tells whether an Accept-Encoding header takes `encoding`."""
    for part in header.split(","):
        name, _, parameter = part.strip().partition(";")
        if name.strip().lower() == encoding:
            return parameter.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
