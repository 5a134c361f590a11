"""Questions to the process aside, and what becomes of those it can't answer."""

from collections.abc import Callable
from typing import Any, TypeVar

from ..inspection.refused import Refused
from .aside import Aside, AsideFailed
from .problems import Problem
from .services import Services

_Result = TypeVar("_Result")


async def ask(services: Services, function: Callable[..., _Result], *args: Any) -> _Result:
    """`function(*args)` from `app.web.numeric`, computed off the event loop.

    Raises:
        Problem: 422 the question can't be answered, 503 the process died or took too long.
    """
    return await ask_of(services.aside, function, *args)


async def ask_of(aside: Aside, function: Callable[..., _Result], *args: Any) -> _Result:
    """The same of a process of one's own choice."""
    try:
        return await aside.run(function, *args)
    except Refused as why:
        message = f"{why.message}."
        raise Problem(422, "invalid", message, field=why.field, limit=why.limit) from None
    except AsideFailed:
        message = "The helper process died or took too long; perhaps memory is short. Try again."
        raise Problem(503, "helper_failed", message) from None
