"""What is done for somebody only while they wait for it."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect
from starlette.types import Receive

_Result = TypeVar("_Result")


async def unless_left(receive: Receive, work: Coroutine[Any, Any, _Result]) -> _Result:
    """Does the work, and drops it when whoever asked for it leaves.

    Args:
        receive: of the request, whose body was read or isn't wanted.

    Raises:
        ClientDisconnect: they left.
    """
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(departure(receive))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientDisconnect
        return working.result()
    finally:
        for task in (working, leaving):
            task.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


async def departure(receive: Receive) -> None:
    """Waits until the one who asked is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
