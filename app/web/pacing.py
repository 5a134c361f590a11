"""Sends no faster than what is sent is taken, and cuts off who takes nothing."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.types import Message, Send

PIECE_BYTES = 64 * 1024
PATIENCE_SECONDS = 10.0


def paced(send: Send, hang_up: Callable[[], None]) -> Callable[[Message], Awaitable[None]]:
    """Sends as `send` does, large bodies in pieces, each within ten seconds or not at all.

    Args:
        hang_up: ends the connection at once.
    """

    async def send_piece(message: Message) -> None:
        timer = asyncio.get_running_loop().call_later(PATIENCE_SECONDS, hang_up)
        try:
            await send(message)
        finally:
            timer.cancel()

    async def send_paced(message: Message) -> None:
        body = message.get("body", b"")
        if message["type"] != "http.response.body" or len(body) <= PIECE_BYTES:
            await send_piece(message)
            return
        ends = range(PIECE_BYTES, len(body) + PIECE_BYTES, PIECE_BYTES)
        for end in ends:
            is_last = end >= len(body) and not message.get("more_body", False)
            piece = bytes(memoryview(body)[end - PIECE_BYTES : end])
            await send_piece({**message, "body": piece, "more_body": not is_last})

    return send_paced
