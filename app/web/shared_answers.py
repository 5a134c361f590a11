"""Answers that never change and that a whole class asks for: each is worked out once."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable

_LIMIT_BYTES = 16 * 1024**2


class SharedAnswers:
    """Keeps answers up to so many bytes together; those asked for longest ago give way.

    Who asks for one that is being worked out waits for the same. All of it belongs to the event
    loop's thread.
    """

    def __init__(self, limit_bytes: int = _LIMIT_BYTES) -> None:
        self._limit_bytes = limit_bytes
        self._bytes = 0
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._made: dict[Hashable, asyncio.Task[bytes]] = {}

    def __contains__(self, key: Hashable) -> bool:
        """Tells whether the answer is there."""
        return key in self._kept

    async def get(self, key: Hashable, make: Callable[[], Coroutine[None, None, bytes]]) -> bytes:
        """Returns the answer kept under `key`, or what `make` returns; raises what that raises.

        Whoever leaves while it is made takes it from nobody else.
        """
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._made:
            self._made[key] = asyncio.create_task(make())
            self._made[key].add_done_callback(lambda task: self._keep(key, task))
        return await asyncio.shield(self._made[key])

    def _keep(self, key: Hashable, task: asyncio.Task[bytes]) -> None:
        del self._made[key]
        if task.cancelled() or task.exception() is not None:
            return
        self._kept[key] = task.result()
        self._bytes += len(task.result())
        while self._bytes > self._limit_bytes:
            _, given_up = self._kept.popitem(last=False)
            self._bytes -= len(given_up)
