"""Query parameters that a route doesn't have: refused with the nearest that it has."""

from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute

from .problems import Problem
from .suggesting import nearest

_OF_THE_DOOR = {"token"}  # read before any route is


async def check_query_names(request: Request) -> None:
    """Refuses a request that would be answered as if something in it hadn't been said.

    Raises:
        Problem: 422 with the name, and the one that was meant.
    """
    asked = [name for name in request.query_params if name not in _OF_THE_DOOR]
    route = request.scope.get("route")
    if not asked or not isinstance(route, APIRoute):
        return
    known = _declared(route.dependant)
    for name in asked:
        if name not in known:
            message = f"There is no parameter {name[:100]} here{_instead(name, known)}."
            raise Problem(422, "invalid", message, field=name[:200])


def _instead(name: str, known: set[str]) -> str:
    if found := nearest(name, known):
        return f"; {found} is the nearest"
    return f"; known are {', '.join(sorted(known))}" if known else "; it takes none"


def _declared(dependant: Any) -> set[str]:
    """Returns the names of a function's query parameters and of all that it depends on."""
    names = {parameter.alias for parameter in dependant.query_params}
    return names.union(*map(_declared, dependant.dependencies))
