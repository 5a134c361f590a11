"""Static files: compressed ahead of time where they are large, else when first sent; not stale."""

import gzip
from functools import cache, lru_cache
from os import PathLike, stat_result
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from .joined import PARTS

_ENCODINGS = {"br": ".br", "gzip": ".gz"}  # best first
_PIECE_BYTES = 64 * 1024
_OF_A_FILE = {"accept-ranges", "content-length"}
_TEXTS = {".js", ".css", ".svg", ".html"}


class Files(StaticFiles):
    """Sends `name.br` or `name.gz` in place of `name` to whoever understands it.

    Addresses with a version (`?v=3.1.0`) and joined parts, which are named for what they hold, may
    be kept for ever; others are asked for again each time, which costs an empty answer.
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
        if isinstance(response, FileResponse):
            response = _FromMemory(response, Path(full_path), stat_result)
        is_versioned = b"v=" in scope["query_string"] or PARTS in path.as_posix()
        kept = "public, max-age=31536000, immutable" if is_versioned else "no-cache"
        response.headers["Cache-Control"] = kept
        return response

    def _type_of(self, path: Path) -> str:
        import mimetypes

        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


class _FromMemory(Response):
    """A file's answer with its content held once: readers that are slow keep no file open."""

    def __init__(self, answer: FileResponse, path: Path, stat_result: stat_result) -> None:
        headers = {name: value for name, value in answer.headers.items() if name not in _OF_A_FILE}
        super().__init__(_content(path, stat_result.st_mtime_ns), headers=headers)

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Sends it piece by piece, each when the one before was taken."""
        start = {"status": self.status_code, "headers": self.raw_headers}
        await send({"type": "http.response.start", **start})
        for begin in range(0, len(self.body), _PIECE_BYTES):
            piece = bytes(self.body[begin : begin + _PIECE_BYTES])
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


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


@lru_cache(maxsize=512)
def _content(path: Path, _changed_at: int) -> bytes:
    return path.read_bytes()


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
