"""Answers to who never gets to ask: whole, as bytes, and made once."""

from http import HTTPStatus

from ..web.problems import Problem
from ..web.security_headers import HEADERS


def _as_bytes(problem: Problem) -> bytes:
    response = problem.response()
    for name, value in {**HEADERS, "Connection": "close"}.items():
        response.headers.setdefault(name, value)
    status = HTTPStatus(response.status_code)
    lines = [f"HTTP/1.1 {status.value} {status.phrase}".encode()]
    lines += [name + b": " + value for name, value in response.raw_headers]
    return b"\r\n".join([*lines, b"", bytes(response.body)])


def too_slow(seconds: float, progress_bytes: int) -> bytes:
    """Returns the answer to half a request that didn't go on for so long, nor by so many bytes."""
    message = (
        f"The request didn't come whole within {seconds:g} seconds, nor {progress_bytes:,} bytes "
        "of its body; send it again."
    )
    return _as_bytes(Problem(408, "too_slow", message, limit=seconds))


def headers_too_large(most_bytes: int, most_headers: int) -> bytes:
    """Returns the answer to a request whose beginning has no end."""
    message = (
        f"Address and headers may have {most_bytes:,} bytes and {most_headers} lines at most; "
        "clear this server's cookies, or send less."
    )
    return _as_bytes(Problem(431, "headers_too_large", message, limit=most_bytes))


def not_http() -> bytes:
    """Returns the answer to what isn't a request."""
    return _as_bytes(Problem(400, "bad_request", "That isn't a request as HTTP/1.1 has it."))


def too_many_chunks(most: int) -> bytes:
    """Returns the answer to a body that comes in crumbs."""
    message = f"The body came in more than {most:,} chunks; send it in larger ones."
    return _as_bytes(Problem(400, "bad_request", message, limit=most))


def no_such_method() -> bytes:
    """Returns the answer to a method that HTTP doesn't have."""
    headers = {"Allow": "GET, HEAD, POST, PATCH, DELETE"}
    return _as_bytes(
        Problem(405, "method_not_allowed", "There is no such method.", headers=headers)
    )


def too_many_connections() -> bytes:
    """Returns the answer to a connection for which there is no room."""
    message = "All connections that the server can keep are in use; try again in a while."
    headers = {"Retry-After": "10"}
    return _as_bytes(Problem(503, "too_many_connections", message, headers=headers))
