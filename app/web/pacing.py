"""Sends large bodies in pieces, so that each is kept only once what came before it was taken.

Who takes nothing of an answer is cut off by the connection itself.
"""

from collections.abc import Awaitable, Callable

from starlette.types import Message, Send

PIECE_BYTES = 64 * 1024


def paced(send: Send) -> Callable[[Message], Awaitable[None]]:
    """Sends as `send` does, large bodies in pieces."""

    async def send_paced(message: Message) -> None:
        body = message.get("body", b"")
        if len(body) <= PIECE_BYTES:
            await send(message)
            return
        ends = range(PIECE_BYTES, len(body) + PIECE_BYTES, PIECE_BYTES)
        for end in ends:
            is_last = end >= len(body) and not message.get("more_body", False)
            piece = bytes(memoryview(body)[end - PIECE_BYTES : end])
            await send({**message, "body": piece, "more_body": not is_last})

    return send_paced
