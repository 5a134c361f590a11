"""Many viewers of one run: is everything delivered, in order, how late, at what cost?"""

import asyncio
from typing import NamedTuple

from bench.broadcasting import RUN_ID
from bench.crowd import Watching, allow_files, gather, reached
from bench.row import Row, milliseconds, percentile
from bench.serving import Serving, cpu_seconds, resident_bytes, serving

_RATE = 10
_SECONDS = 10
_FILTERS = 16  # of 7×7: 4.2 kB of kernel in base64, and their verdicts
_EVENTS = _RATE * _SECONDS


class Delivery(NamedTuple):
    """What came of a broadcast; `late` has seconds from recording to arrival, all viewers'."""

    late: list[float]
    core_share: float
    resident_bytes: int
    is_complete: bool


def measure() -> list[Row]:
    """1,000 viewers of 5 kB ten times a second, and the memory that 200 take."""
    many, some = _broadcast(1000), _broadcast(200)
    p99 = percentile(many.late, 99)
    delivered = "all, in order" if many.is_complete else "NOT all in order"
    memory = some.resident_bytes / 2**20
    return [
        Row("1,000 viewers, 10 a second: server's CPU", "≤ 35 % of a core",
            f"{many.core_share:.0%}", many.core_share <= 0.35),
        Row("recording → arrival at each of them, p99", "≤ 100 ms",
            f"{milliseconds(p99)} (median {milliseconds(percentile(many.late, 50))})", p99 <= 0.1),
        Row(f"{_EVENTS:,} events each, delivered", "all, in order", delivered, many.is_complete),
        Row("memory of the server with 200 viewers (RSS)", "≤ 120 MB",
            f"{memory:.0f} MB", memory <= 120),
    ]  # fmt: skip


def _broadcast(viewers: int) -> Delivery:
    allow_files(viewers)
    with serving(("bench.broadcasting",)) as server:
        return asyncio.run(_watch(server, viewers))


async def _watch(server: Serving, viewers: int) -> Delivery:
    crowd = await gather(server.port, RUN_ID, viewers)
    cpu = cpu_seconds(server.pid)
    sent = await asyncio.to_thread(server.broadcast, _RATE, _EVENTS, _FILTERS)
    await reached(crowd, max(sent))
    share = (cpu_seconds(server.pid) - cpu) / _SECONDS  # however late the last one came
    late = [at - sent[seq] for one in crowd for seq, at in one.arrivals if seq in sent]
    return Delivery(late, share, resident_bytes(server.pid), all(map(_is_complete, crowd)))


def _is_complete(one: Watching) -> bool:
    return [seq for seq, _ in one.arrivals] == list(range(1, one.last_seq + 1))
