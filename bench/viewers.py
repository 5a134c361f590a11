"""Many viewers of one run: is everything delivered, in order, how late, at what cost?

The client is no bottleneck as long as it has time to spare and takes each arrival up at once: both
are measured beside the server, and its own delay is part of every lateness told here.
"""

import contextlib
import time
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from bench.broadcasting import RUN_ID
from bench.crowd import Crowd, allow_files
from bench.row import Row, milliseconds, percentile
from bench.serving import Serving, cpu_seconds, resident_bytes, serving

RATE = 10
FILTERS = 16  # of 7×7: 4.2 kB of kernel in base64, and their verdicts
_SECONDS = 60
_SECONDS_FOR_MEMORY = 10


class Delivery(NamedTuple):
    """What came of a broadcast; `late` has seconds from recording to arrival, all viewers'."""

    late: list[float]
    core_share: float
    client_share: float
    looks: list[float]
    resident_bytes: int
    is_complete: bool


def measure() -> list[Row]:
    """Measures 1,000 viewers of 5 kB ten times a second, and the memory that 200 take."""
    many, some = _broadcast(1000, _SECONDS), _broadcast(200, _SECONDS_FOR_MEMORY)
    p99 = percentile(many.late, 99)
    delivered = "all, in order" if many.is_complete else "NOT all in order"
    memory = some.resident_bytes / 2**20
    return [
        Row("1,000 viewers, 10 a second: server's CPU", "≤ 35 % of a core",
            f"{many.core_share:.0%}", many.core_share <= 0.35),
        Row("recording → arrival at each of them, p99", "≤ 100 ms",
            f"{milliseconds(p99)} (median {milliseconds(percentile(many.late, 50))})", p99 <= 0.1),
        Row(f"{RATE * _SECONDS:,} events each, delivered", "all, in order", delivered,
            many.is_complete),
        Row("the measuring client: CPU; a round of reading, p99", "",
            f"{many.client_share:.0%} of a core; {milliseconds(percentile(many.looks, 99))}"),
        Row("memory of the server with 200 viewers (RSS)", "≤ 120 MB",
            f"{memory:.0f} MB", memory <= 120),
    ]  # fmt: skip


def _broadcast(viewers: int, seconds: int) -> Delivery:
    allow_files(viewers)
    with (
        serving(("bench.broadcasting",)) as server,
        contextlib.closing(Crowd(server.port, RUN_ID)) as crowd,
    ):
        crowd.join(viewers)
        crowd.look_until(lambda: crowd.have(1))
        del crowd.looks[:]
        server_cpu, client_cpu = cpu_seconds(server.pid), time.process_time()
        sent = tell(server, crowd, RATE * seconds)
        return Delivery(
            late=crowd.lateness(sent),
            core_share=(cpu_seconds(server.pid) - server_cpu) / seconds,
            client_share=(time.process_time() - client_cpu) / seconds,
            looks=list(crowd.looks),
            resident_bytes=resident_bytes(server.pid),
            is_complete=all(one.is_complete for one in crowd.viewers),
        )


def tell(server: Serving, crowd: Crowd, count: int) -> dict[int, float]:
    """Has so many events told at the usual pace and read by everyone; when each was recorded."""
    with ThreadPoolExecutor(1) as pool:
        telling = pool.submit(server.broadcast, RATE, count, FILTERS)
        crowd.look_until(telling.done)
        sent = telling.result()
    crowd.look_until(lambda: crowd.have(max(sent)))
    return sent
