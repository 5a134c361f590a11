"""Many viewers in one process: plain sockets that note when each event arrives."""

import asyncio
import re
import resource
import time

_ID = re.compile(rb"(?:^|\n)id: (\d+)\n")
_SPARE_FILES = 200


class Watching(asyncio.Protocol):
    """One open event stream; `arrivals` are (seq, time.time()) in the order they came."""

    def __init__(self, port: int, run_id: str) -> None:
        self._request = (
            f"GET /api/runs/{run_id}/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        ).encode()
        self._tail = b""
        self.arrivals: list[tuple[int, float]] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asks for the stream."""
        assert isinstance(transport, asyncio.WriteTransport)
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Notes the events that begin in `data`, whose first line may have been cut in two."""
        now = time.time()
        chunk = self._tail + data
        found = list(_ID.finditer(chunk))
        self.arrivals += [(int(match[1]), now) for match in found]
        end = found[-1].end() if found else 0
        self._tail = chunk[max(end, len(chunk) - 40) :]

    @property
    def last_seq(self) -> int:
        """Of the newest event that came."""
        return self.arrivals[-1][0] if self.arrivals else 0


async def gather(port: int, run_id: str, count: int) -> list[Watching]:
    """`count` viewers of a run, each of which has got its first event."""
    loop = asyncio.get_running_loop()
    crowd = []
    for _ in range(count):
        _, watching = await loop.create_connection(
            lambda: Watching(port, run_id), "127.0.0.1", port
        )
        crowd.append(watching)
    await reached(crowd, 1)
    return crowd


async def reached(crowd: list[Watching], seq: int, patience_seconds: float = 30.0) -> None:
    """Waits until everyone has the event `seq`."""
    deadline = time.monotonic() + patience_seconds
    while min(watching.last_seq for watching in crowd) < seq:
        if time.monotonic() > deadline:
            late = sum(watching.last_seq < seq for watching in crowd)
            raise TimeoutError(f"{late} of {len(crowd)} viewers never got event {seq}")
        await asyncio.sleep(0.01)


def allow_files(count: int) -> None:
    """Raises the limit of open files, for this process and those it starts."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count + _SPARE_FILES
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))
