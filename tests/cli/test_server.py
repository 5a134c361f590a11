import asyncio
import socket

from app.cli.server import listen


def test_answers_leave_at_once_and_wait_for_no_acknowledgement() -> None:
    async def has_no_delay() -> bool:
        accepted: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

        def accept(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            connection = writer.get_extra_info("socket")
            accepted.set_result(bool(connection.getsockopt(socket.SOL_TCP, socket.TCP_NODELAY)))
            writer.close()

        listener = listen("127.0.0.1", 0)
        async with await asyncio.start_server(accept, sock=listener):
            _, writer = await asyncio.open_connection(*listener.getsockname())
            answer = await accepted
            writer.close()
        return answer

    assert asyncio.run(has_no_delay())
