"""Writes a request's body into a file as it comes, so that it never lies in memory whole."""

import asyncio
from collections.abc import Callable
from typing import IO

from fastapi import Request

from .body import too_large


async def write_body(
    request: Request,
    file: IO[bytes],
    most_bytes: int,
    piece_bytes: int,
    on_piece: Callable[[], None] = lambda: None,
) -> int:
    """Returns how many bytes came.

    Args:
        piece_bytes: about how many are written at a time, off the event loop.
        on_piece: called after each piece but the last.

    Raises:
        Problem: 413 it is larger than `most_bytes`.
    """
    size, held = 0, bytearray()
    async for part in request.stream():
        size += len(part)
        if size > most_bytes:
            raise too_large(most_bytes)
        held += part
        if len(held) >= piece_bytes:
            await asyncio.to_thread(file.write, bytes(held))
            held.clear()
            on_piece()
    await asyncio.to_thread(file.write, bytes(held))
    return size
