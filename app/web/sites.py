"""Where a request comes from, as browsers tell it: under which name, from whose page."""

import re

from starlette.datastructures import Headers
from starlette.types import Scope

from ..settings import Settings
from .embedding import is_reading
from .problems import Problem

LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_OURS = (None, "same-origin", "none")  # of Sec-Fetch-Site; programs send none at all
_HOST = re.compile(r"([A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{0,5})?")
_PICTURES = re.compile(r"/api/runs/[^/]+/export")


def check_names(scope: Scope, headers: Headers, settings: Settings) -> None:
    """Refuses what no browser sends, and names that aren't this server's.

    The latter guards against DNS rebinding: another site's name may not lead to a loopback server.
    Elsewhere a server can't know all its names, and its cookie is bound to one of them.

    Raises:
        Problem: 400 a header that can be read in two ways, 403 a foreign name.
    """
    hosts = headers.getlist("host")
    host = "".join(hosts)
    is_left_out = not hosts and scope["http_version"] != "1.0"
    if is_left_out or len(hosts) > 1 or (host and not _HOST.fullmatch(host)):
        raise Problem(400, "bad_host", "Send one Host header: a name or an address, and a port.")
    if len(headers.getlist("origin")) > 1:
        raise Problem(400, "bad_origin", "Send one Origin header, or none.")
    if settings.is_loopback or settings.allowed_hosts:
        for name in {hostname_of(host), hostname_of(_seen_in(scope, headers))}:
            if not _is_known(name, settings):
                raise Problem(403, "wrong_host", _unknown_name(name))


def check_site(scope: Scope, headers: Headers, settings: Settings) -> None:
    """Guards against other sites' pages: only our own may change anything, or ask the interface.

    A link from elsewhere may be opened, for then a person sees what it leads to.

    Raises:
        Problem: 403.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    is_ours = site in _OURS
    if scope["method"] not in _SAFE_METHODS:
        if origin is not None:
            seen = origin.partition("://")[2].lower()
            is_ours &= _is_own_origin(seen, scope, headers, settings)
        if not is_ours:
            raise Problem(403, "cross_site", _foreign(origin, site))
    elif not is_ours and scope["path"].startswith("/api/") and not _is_opened(headers):
        if is_reading(scope, headers, settings):
            return
        if is_picture(scope["path"], settings) and headers.get("sec-fetch-dest") == "image":
            return
        message = (
            "Only this server's own pages may ask this. Started with --allow-embedding, it gives "
            "its pictures to other pages too, with --allow-embedding ORIGIN all that is read to "
            "pages of that origin."
        )
        raise Problem(403, "cross_site", message)


def is_picture(path: str, settings: Settings) -> bool:
    """Tells whether other sites' pages may show what lies at `path`."""
    return settings.allow_embedding and _PICTURES.fullmatch(path) is not None


def _is_own_origin(origin: str, scope: Scope, headers: Headers, settings: Settings) -> bool:
    """Tells whether a page of this server asks, by the name under which the browser has it.

    A proxy may have rewritten the Host header: then the browser's word counts, which no page can
    write, where the page's name is one of this server's.
    """
    if origin in (headers.get("host", "").lower(), _seen_in(scope, headers)):
        return True
    is_same = headers.get("sec-fetch-site") == "same-origin"
    return is_same and _is_known(hostname_of(origin), settings)


def _seen_in(scope: Scope, headers: Headers) -> str:
    """Returns the name and port that the browser asked for."""
    seen: str = scope.get("filterscope.seen_host") or headers.get("host", "")
    return seen.lower()


def _is_known(name: str, settings: Settings) -> bool:
    """Tells whether a name, without its port, is one of this server's."""
    if name in LOOPBACK_NAMES or name == settings.host:
        return True
    return any(
        name == host or (host.startswith("*.") and name.endswith(host[1:]))
        for host in settings.allowed_hosts
    )


def _unknown_name(name: str) -> str:
    shown = name[:100] or "that was asked for"
    return (
        f"This server doesn't know the name {shown}. If it is to answer to it, start it with "
        f"FILTERSCOPE_ALLOWED_HOSTS={name[:100] or 'NAME'}; it asks for a token then."
    )


def _foreign(origin: str | None, site: str | None) -> str:
    """Says why a page may change nothing; one that a proxy leads here learns what to set."""
    told = "Only this server's own pages may change anything."
    if origin is None or site not in _OURS:
        return told
    name = hostname_of(origin.partition("://")[2])[:100]
    return (
        f"{told} This one was opened as {name}; if a proxy leads from there to this server, start "
        f"it with FILTERSCOPE_ALLOWED_HOSTS={name}, and have the proxy pass the Host header on."
    )


def hostname_of(host: str) -> str:
    """Returns the name in a Host header, without port and brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


def _is_opened(headers: Headers) -> bool:
    """Tells whether somebody opens this in a window of its own, rather than a page in itself."""
    return (
        headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
        and "sec-purpose" not in headers  # that is a browser that fetches ahead
    )
