"""Work that needs NumPy, done in a process of its own: the server stays small and responsive."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, BinaryIO, TypeVar

from .aside_process import AsideCall, AsideProcess, Raised
from .aside_work import rest
from .spool import Spool
from .waiting_line import Closed, WaitingLine

PATIENCE_SECONDS = 60.0
OWN = "the server itself"  # as a client: what it asks for without being asked takes nobody's place
_LOOK_SECONDS = 0.25  # how often one looks whether the process is alive
_REST_SECONDS = 20.0  # after the last call; then what was kept for the next is let go
_RESTED_BYTES = 90 * 1024**2  # a process that holds more after that is replaced
_Result = TypeVar("_Result")


class AsideFailed(Exception):
    """The process died or took too long; the next call gets another."""


class AsideClosed(Exception):
    """The server is about to stop."""


class Aside:
    """One helper process that carries out one call after the other, while others wait in line.

    It is spawned by the first call, or by `warm` before. One that shows no life is replaced, and
    the call made once more.

    Args:
        spool: where large results lie until they are sent; None if nothing is written.
        foreseen: modules that the process reads while nobody asks, for calls that may come.
    """

    def __init__(self, spool: Spool | None = None, foreseen: Sequence[str] = ()) -> None:
        self._spool = spool
        self._foreseen = foreseen
        self._thread = ThreadPoolExecutor(1, "aside")  # talks to the process, one call at a time
        self._helper: AsideProcess | None = None
        self._line = WaitingLine()
        self._resting: asyncio.TimerHandle | None = None

    def warm(self) -> None:
        """Starts the process if there is none, without waiting for it."""
        self._thread.submit(self._started)

    @property
    def waiting(self) -> int:
        """Counts the calls that are not answered yet, but for those that are the server's own."""
        return self._line.besides(OWN)

    def waiting_of(self, client: str) -> int:
        """Counts those of one client that wait for their turn."""
        return self._line.waiting_of(client)

    async def run(
        self,
        function: Callable[..., _Result],
        *args: Any,
        client: str = "",
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> _Result:
        """Runs `function(*args)`, both of which must be picklable.

        Who is cancelled before the turn came leaves the line, and nothing is done.

        Raises:
            AsideFailed: the process died, or took longer than `patience_seconds`.
            AsideClosed: the server stops.
            Exception: what the function raised.
        """
        result: _Result = await self._called(AsideCall(function, args), client, patience_seconds)
        return result

    async def write(
        self,
        function: Callable[..., object],
        *args: Any,
        client: str = "",
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> "bytes | BinaryIO":
        """Has `function(file, *args)` write to a binary file; raises as `run` does.

        Returns:
            What was written: bytes if that is little, else an open file, which is gone when closed.
        """
        written: bytes | BinaryIO
        written = await self._called(AsideCall(function, args, True), client, patience_seconds)
        return written

    def refuse(self) -> None:
        """Answers no more calls, nor those that wait; the one in work is given up."""
        self._line.close()

    def close(self) -> None:
        """Ends the process, whatever it does."""
        if self._helper is not None:
            self._helper.kill()
        self._thread.shutdown(cancel_futures=True)
        self._end()

    async def _called(self, call: AsideCall, client: str, patience_seconds: float) -> Any:
        try:
            await self._line.turn(client)
        except Closed:
            raise AsideClosed from None
        carrying = asyncio.ensure_future(self._carried_out(call, patience_seconds))
        try:
            return await asyncio.shield(carrying)
        except asyncio.CancelledError:
            carrying.add_done_callback(_dropped)
            raise

    async def _carried_out(self, call: AsideCall, patience_seconds: float) -> Any:
        """Has the process carry out a call; a second one if the first shows no life."""
        try:
            if self._resting is not None:
                self._resting.cancel()
            if call.writes and self._spool is not None:
                await self._spool.room()
            try:
                return await self._watched(partial(self._call, call), patience_seconds)
            except _Silent:
                return await self._watched(partial(self._call, call), patience_seconds)
        except _Silent:
            raise AsideFailed("the helper process hung twice") from None
        finally:
            self._line.pass_on()
            if not self._line.is_taken:
                loop = asyncio.get_running_loop()
                self._resting = loop.call_later(_REST_SECONDS, self._rest)

    async def _watched(self, work: Callable[[], _Result], patience_seconds: float) -> _Result:
        """Waits for the thread's work, and ends the process if it hangs or takes too long."""
        loop = asyncio.get_running_loop()
        until = loop.time() + patience_seconds
        working = loop.run_in_executor(self._thread, work)
        is_silent = False
        while not (await asyncio.wait({working}, timeout=_LOOK_SECONDS))[0]:
            if (helper := self._helper) is None:
                continue
            is_silent = is_silent or helper.is_silent
            if is_silent or self._line.is_closed or loop.time() > until:
                helper.kill()
        try:
            return working.result()
        except AsideFailed:
            if self._line.is_closed:
                raise AsideClosed from None
            if is_silent:
                raise _Silent from None
            raise

    def _rest(self) -> None:
        if not self._line.is_taken:
            self._line.is_taken = True
            self._sleeping = asyncio.ensure_future(self._rested())

    async def _rested(self) -> None:
        """Has the process let go of what it keeps, or starts another if it holds on to much."""
        try:
            await self._watched(self._let_go, PATIENCE_SECONDS)
        except (_Silent, AsideFailed, AsideClosed):
            pass  # then it holds nothing either
        finally:
            self._line.pass_on()

    def _let_go(self) -> None:
        if self._helper is not None and self._call(AsideCall(rest, ())) > _RESTED_BYTES:
            self._end()
            self._started()

    def _call(self, call: AsideCall) -> Any:
        helper = self._started()
        try:
            return helper.call(call)
        except Raised as raised:
            raise raised.problem from None
        except (EOFError, OSError, RuntimeError):  # the last where no file can be opened here
            self._end()
            raise AsideFailed("the helper process died or took too long") from None

    def _started(self) -> AsideProcess:
        if self._helper is None:
            folder = self._spool.folder if self._spool else None
            self._helper = AsideProcess(folder, self._foreseen)
        return self._helper

    def _end(self) -> None:
        if self._helper is not None:
            self._helper.close()
        self._helper = None


class _Silent(Exception):
    """The process was ended because it showed no life."""


def _dropped(carrying: "asyncio.Future[Any]") -> None:
    """Lets go of a result that nobody waits for any more."""
    if carrying.cancelled() or carrying.exception() is not None:
        return
    if close := getattr(carrying.result(), "close", None):
        close()
