"""A line of callers, in which each client gets its turn as often as any other."""

import asyncio
from collections import deque


class Closed(Exception):
    """Nobody gets a turn any more."""


class WaitingLine:
    """One turn at a time. Clients take turns too, so that one with many calls delays no other.

    All of it belongs to the event loop's thread.
    """

    def __init__(self) -> None:
        self.is_closed = False
        self.is_taken = False
        self._turn_of = ""  # who has the turn, where a client does
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    def __len__(self) -> int:
        """Counts the calls that wait or have the turn."""
        return self.is_taken + sum(map(self.waiting_of, self._waiting))

    def waiting_of(self, client: str) -> int:
        """Counts the calls of one client that wait."""
        return sum(not turn.done() for turn in self._waiting.get(client, ()))

    def besides(self, client: str) -> int:
        """Counts the calls of all but one client that wait or have the turn."""
        return len(self) - self.waiting_of(client) - (self.is_taken and self._turn_of == client)

    async def turn(self, client: str) -> None:
        """Waits for the turn, which whoever has it gives up by `pass_on`.

        Who is cancelled while waiting leaves the line. Raises Closed if there is no turn to come.
        """
        if self.is_closed:
            raise Closed
        if not self.is_taken:
            self.is_taken, self._turn_of = True, client
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # it came in the same moment
                self.pass_on()
            raise

    def pass_on(self) -> None:
        """Gives the turn to the client that has waited longest since its last one."""
        while self._waiting:
            client = next(iter(self._waiting))
            turns = self._waiting.pop(client)
            turn = turns.popleft()
            if turns:
                self._waiting[client] = turns
            if not turn.done():
                turn.set_result(None)
                self._turn_of = client
                return
        self.is_taken, self._turn_of = False, ""

    def close(self) -> None:
        """Sends all away who wait; whoever has the turn keeps it."""
        self.is_closed = True
        for turns in self._waiting.values():
            for turn in turns:
                if not turn.done():
                    turn.set_exception(Closed())
        self._waiting.clear()
