"""Routes that are built when they are first asked.

FastAPI reads a function's signature and has pydantic build a validator for each of its parameters
and answers when a route is declared, and once more where its router is included. That was a
large part of a server's start, for routes most of which nobody asks for a while.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from fastapi.routing import APIRoute
from starlette.datastructures import URLPath
from starlette.routing import BaseRoute, Match, NoMatchFound, compile_path
from starlette.types import Receive, Scope, Send

_Answering = TypeVar("_Answering", bound=Callable[..., Any])


class LateRoute(BaseRoute):
    """A route of FastAPI's that is built once a path fits it; `options` are those of `APIRoute`,
    or of what it is in its place, `kind`.
    """

    def __init__(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        kind: type[APIRoute] = APIRoute,
        **options: Any,
    ) -> None:
        self.path = path
        self._kind = kind
        self._endpoint = endpoint
        self._options = options
        self._begins = path.partition("{")[0]
        self._pattern: re.Pattern[str] | None = None
        self._route: APIRoute | None = None

    # No `cached_property`: up to Python 3.11 those of all instances wait for each other.
    @property
    def route(self) -> APIRoute:
        """FastAPI's own route, which answers."""
        if self._route is None:
            self._route = self._kind(
                self.path, self._endpoint, generate_unique_id_function=_own_name, **self._options
            )
        return self._route

    @property
    def is_built(self) -> bool:
        """Whether it was asked for."""
        return self._route is not None

    def _fits(self, path: str) -> bool:
        if not path.startswith(self._begins):
            return False
        if self._pattern is None:
            self._pattern = compile_path(self.path)[0]
        return self._pattern.match(path) is not None

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tells whether this answers what is asked, and what it takes from the path."""
        if scope["type"] != "http":
            return Match.NONE, {}
        if not self._fits(_path_below(scope)):
            return Match.NONE, {}
        return self.route.matches(scope)

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        """Gives the path of the route of this name; NoMatchFound where that is another."""
        if name != self._options.get("name", self._endpoint.__name__):
            raise NoMatchFound(name, path_params)
        return self.route.url_path_for(name, **path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers."""
        await self.route.handle(scope, receive, send)


class Routes:
    """What a module answers: all of it under `prefix`, and under `tags` where it is described.

    Its routes are of `kind`.
    """

    def __init__(
        self, prefix: str = "", tags: list[str] | None = None, kind: type[APIRoute] = APIRoute
    ) -> None:
        self._kind = kind
        self._prefix = prefix
        self._tags = tags or []
        self._declared: list[tuple[str, Callable[..., Any], dict[str, Any]]] = []

    def api_route(
        self, path: str, methods: list[str], tags: list[str] | None = None, **options: Any
    ) -> Callable[[_Answering], _Answering]:
        """Declares that the function below answers `methods` at `path`.

        `options` are those of FastAPI's decorator of this name.
        """
        options |= {"methods": methods, "tags": [*self._tags, *(tags or [])]}

        def declare(endpoint: _Answering) -> _Answering:
            self._declared.append((self._prefix + path, endpoint, options))
            return endpoint

        return declare

    def get(self, path: str, **options: Any) -> Callable[[_Answering], _Answering]:
        """Declares what answers GET."""
        return self.api_route(path, ["GET"], **options)

    def head(self, path: str, **options: Any) -> Callable[[_Answering], _Answering]:
        """Declares what answers HEAD."""
        return self.api_route(path, ["HEAD"], **options)

    def post(self, path: str, **options: Any) -> Callable[[_Answering], _Answering]:
        """Declares what answers POST."""
        return self.api_route(path, ["POST"], **options)

    def put(self, path: str, **options: Any) -> Callable[[_Answering], _Answering]:
        """Declares what answers PUT."""
        return self.api_route(path, ["PUT"], **options)

    def patch(self, path: str, **options: Any) -> Callable[[_Answering], _Answering]:
        """Declares what answers PATCH."""
        return self.api_route(path, ["PATCH"], **options)

    def delete(self, path: str, **options: Any) -> Callable[[_Answering], _Answering]:
        """Declares what answers DELETE."""
        return self.api_route(path, ["DELETE"], **options)

    def late(self, responses: dict[str, Any], **options: Any) -> list[LateRoute]:
        """Returns a route for each function; all have `options`, the described ones `responses`."""
        return [
            LateRoute(path, endpoint, kind=self._kind, **options, **_with(responses, own))
            for path, endpoint, own in self._declared
        ]


def _path_below(scope: Scope) -> str:
    """Returns what is asked for, below the address that the server has within another."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    below = path.removeprefix(root)
    return below if below.startswith("/") or path == root else path


def _with(responses: dict[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    """Adds `responses`, each of which takes a validator, unless nobody is told of them."""
    if not options.get("include_in_schema", True):
        return options
    return options | {"responses": responses | options.get("responses", {})}


def built(routes: Iterable[BaseRoute]) -> list[BaseRoute]:
    """Returns all late ones as FastAPI's own, to be described."""
    return [route.route for route in routes if isinstance(route, LateRoute)]


def _own_name(route: APIRoute) -> str:
    """Names an operation as its function is named; generated clients name theirs by it."""
    return route.name
