"""The address under which others reach this server, and its QR code."""

import io
import re
import socket
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request

from ..command import command_name
from ..settings import Settings
from .answers.teaching import JoinLink
from .problems import Problem
from .sites import LOOPBACK_NAMES, hostname_of

_ANY_ADDRESS = {"0.0.0.0", "::"}
_ELSEWHERE = ("192.0.2.1", 9)  # kept for examples; nothing is sent there
_HOST = re.compile(r"[A-Za-z0-9._-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
_ALONE = (
    f"Restart with “{command_name()} serve --host 0.0.0.0” and open the link that it prints. "
    "“Present”, “Let others join” then has a link and a QR code for them."
)
_UNKNOWN = (
    "Others can't use the address under which you opened this page. "
    "Open it by the name or IP address that this computer has in your network."
)
_REACHED = (
    "Whoever opens this can watch and look around, but not start, stop or delete anything. "
    "The connection isn't encrypted: use it in a network you trust. The link ends with the server."
)
_GUESSED = (
    " If it doesn't open for others, open this page by the name this computer has in your network."
)


def join_link(request: Request, path: str) -> JoinLink:
    """Returns the link for `path` (and what follows a `?`), which watches and changes nothing.

    That of the class's code holds no token, so that it can be typed.

    Whoever may do everything is told the token of scripts beside it.
    """
    link = _watching_link(request, path)
    is_full = request.scope["filterscope.access"] == "full"
    return link.model_copy(update={"send_token": request.app.state.send_token if is_full else None})


def _watching_link(request: Request, path: str) -> JoinLink:
    settings: Settings = request.app.state.settings
    code: str = request.app.state.join_code
    token: str | None = request.app.state.watch_token
    if token is None or (settings.is_loopback and not settings.allowed_hosts):
        return JoinLink(url=None, sentence=_ALONE)
    asked = request.scope.get("filterscope.seen_host") or request.headers.get("host", "")
    is_own_name = _HOST.fullmatch(asked) and hostname_of(asked) not in LOOPBACK_NAMES
    host = asked if is_own_name else _guess(settings)
    if host is None:
        return JoinLink(url=None, sentence=_UNKNOWN)
    parts = urlsplit(path)
    query = [pair for pair in parse_qsl(parts.query) if pair[0] != "token"]
    query += [] if parts.path.endswith(f"/{code}") else [("token", token)]
    link = f"{request.url.scheme}://{host}{parts.path}"
    link += f"?{urlencode(query)}" if query else ""
    return JoinLink(url=link, sentence=_REACHED if is_own_name else _REACHED + _GUESSED)


def qr_code(text: str) -> bytes:
    """Draws `text` as an SVG of black on white, quiet zone and all.

    Raises:
        Problem: 422 the text is longer than a code can hold.
    """
    import segno

    out = io.BytesIO()
    try:
        code = segno.make_qr(text, error="m")
    except segno.DataOverflowError:
        message = "This link is too long for a QR code; leave the details of the view away."
        raise Problem(422, "invalid", message, field="path") from None
    code.save(out, kind="svg", border=4, dark="#000", light="#fff", omitsize=True)
    return out.getvalue()


def _guess(settings: Settings) -> str | None:
    """Says where a server that was opened by its loopback name can be reached."""
    is_any = settings.host in _ANY_ADDRESS
    address = _address_in_the_network() if is_any else settings.host
    if address is None:
        return None
    return f"[{address}]:{settings.port}" if ":" in address else f"{address}:{settings.port}"


def _address_in_the_network() -> str | None:
    """Gives the address that this machine would send from; asking the routing table sends
    nothing.
    """
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(_ELSEWHERE)
            address: str = probe.getsockname()[0]
    except OSError:
        return None
    return None if address.startswith("127.") else address
