"""The guard before every request: who may ask, and from where."""

from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ..settings import Settings
from .access import OPEN_PATHS, Access, cookie_name, may
from .body import check_length
from .embedding import answer_to_preflight, cookie_in_a_frame, is_framed
from .join_code import CodeReader, code_in, code_unknown
from .pacing import paced
from .problems import Problem
from .security_headers import with_headers
from .sites import check_names, check_site
from .tokens import Doorkeeper, Tokens, shown_in
from .transport import hang_up_of, has_left_of, still_comes_of
from .unread import RequestBody

_CLOSED = "Open the link with the token that the server printed when it started."
_IN_A_FRAME = (
    "A page that shows this in a frame has to name the link for watching, with its token (Present, "
    "Let others join), and an https address: without TLS browsers keep no cookie of a frame."
)


class Guard:
    """Wraps the whole application, so that even its failures carry the headers.

    Args:
        app: what is guarded.
        settings: where the server listens, and its limits.
        tokens: what opens it.
        code: by which a class joins.
    """

    def __init__(self, app: ASGIApp, settings: Settings, tokens: Tokens, code: str) -> None:
        self._app = app
        self._settings = settings
        self._door = Doorkeeper(tokens)
        self._cookie = cookie_name(settings.port)
        self._code = CodeReader(code)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or answers why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["filterscope.hang_up"] = hang_up_of(send)
        scope["filterscope.has_left"] = has_left_of(send)
        scope["filterscope.still_comes"] = still_comes_of(send)
        body = RequestBody(scope, receive, paced(send))
        answer = self._refusal(scope) or self._app
        await answer(scope, body.receive, with_headers(body.send, scope, self._settings))

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        try:
            check_names(scope, headers, self._settings)
            if answer := answer_to_preflight(scope, headers, self._settings):
                return answer
            check_site(scope, headers, self._settings)
            check_length(self._settings, scope, headers)
            if code := code_in(scope["method"], scope["path"]):
                return self._join(scope, headers, code)
            return self._check_token(scope, headers)
        except Problem as problem:
            return problem.response()

    def _join(self, scope: Scope, headers: Headers, code: str) -> ASGIApp:
        """Leads who types the class's code to the page for phones, and lets them watch."""
        address = (scope.get("client") or ("",))[0]
        if not self._code.is_right(code, address):
            return code_unknown(code, headers)
        _, access = self._door.access_by(shown_in(headers, "", self._cookie), address)
        return self._welcome(scope, "./class", "full" if access == "full" else "watch")

    def _check_token(self, scope: Scope, headers: Headers) -> ASGIApp | None:
        scope["filterscope.access"] = "full"
        if not self._door.asks or scope["path"] in OPEN_PATHS:
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        shown = shown_in(headers, dict(query).get("token", ""), self._cookie)
        address = (scope.get("client") or ("",))[0]
        by_link, access = self._door.access_by(shown, address)
        is_shown = is_framed(headers, self._settings)
        if by_link is not None:
            best: Access = "full" if "full" in (by_link, access) else "watch"
            best = access or "watch" if is_shown else best
            place = scope["path"].rpartition("/")[2].replace("\\", "")
            target = f"./{quote(place)}"  # seen from here, whatever a proxy has put before it
            kept = [pair for pair in query if pair[0] != "token"]
            target += f"?{urlencode(kept)}" if kept else ""
            framed = cookie_in_a_frame(headers) if is_shown else ""
            return self._welcome(scope, target, best, framed)
        if access is None:
            message = _IN_A_FRAME if is_shown else _CLOSED
            raise Problem(401, "token_needed", message, headers={"WWW-Authenticate": "Bearer"})
        if not may(access, scope["method"], scope["path"]):
            raise _not_allowed(access)
        scope["filterscope.access"] = access
        return None

    def _welcome(self, scope: Scope, target: str, access: Access, framed: str = "") -> ASGIApp:
        """Moves the token from the address into a cookie, so that it isn't kept or passed on.

        Whoever has full access keeps it when opening the link made for watching.

        Args:
            scope: what was asked.
            target: where the browser goes next.
            access: what the cookie opens.
            framed: the cookie's attributes, where they aren't those of a page by itself.
        """
        response = RedirectResponse(target, 303)
        if not self._door.asks:
            return response
        if framed:  # Starlette knows some of them only from Python 3.14 on
            cookie = f"{self._cookie}={self._door.cookie_for(access)}; {framed}"
            response.headers.append("Set-Cookie", cookie)
            return response
        is_encrypted = scope["scheme"] == "https"
        response.set_cookie(
            self._cookie,
            self._door.cookie_for(access),
            path="/",
            httponly=True,
            samesite="strict",
            secure=is_encrypted,
        )
        return response


def _not_allowed(access: Access) -> Problem:
    if access == "send":
        message = "This token lets a script send what it trains, and do nothing else."
        return Problem(403, "send_only", message)
    message = "This link lets one watch. Only whoever started the server can change things."
    return Problem(403, "watch_only", message)
