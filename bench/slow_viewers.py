"""Viewers that never read, beside others that do: who notices, and what becomes of them?"""

import contextlib
import time

from app.events import Steps, encode
from app.store import LoggedEvent
from app.web.server_sent import Condensed
from bench.broadcasting import RUN_ID
from bench.crowd import Crowd, Watching, allow_files
from bench.peak import Peak
from bench.row import Row, milliseconds, percentile
from bench.serving import Serving, resident_bytes, serving
from bench.viewers import FILTERS, RATE, tell

_READING = 200
_STALLED = 50
_BACKLOG = 1200  # of 5 kB: more than the kernel holds for a socket that isn't read
_BACKLOG_RATE = 400
_SECONDS = 20  # a viewer that takes nothing is cut after ten
_CUT_SECONDS = 5.0
_BEHIND = 2_000  # events that somebody missed
_LOSSES = 50  # in each of them
_CONDENSED_SECONDS = 0.5


def measure() -> list[Row]:
    """Measures 50 sockets that never read beside 200 that do, and how long catching up takes."""
    return [*_beside_those_who_read(), _condensing()]


def _beside_those_who_read() -> list[Row]:
    allow_files(_READING + _STALLED)
    with (
        serving(("bench.broadcasting",)) as server,
        contextlib.closing(Crowd(server.port, RUN_ID)) as crowd,
    ):
        told = max(server.broadcast(_BACKLOG_RATE, _BACKLOG, FILTERS))
        crowd.join(_READING, after=told)
        tell(server, crowd, 3 * RATE)
        before = resident_bytes(server.pid)
        stalled = [Watching() for _ in range(_STALLED)]
        for one in stalled:
            one.ask(server.port, RUN_ID, with_little_room=True)
        with Peak(lambda: (resident_bytes(server.pid),)) as memory:
            sent = tell(server, crowd, _SECONDS * RATE)
        growth = max(0, memory.most[0] - before) / 2**20
        p99 = percentile(crowd.lateness(sent), 99)
        cut = sum(_is_cut(one) for one in stalled)
        back = sum(_catches_up(server, one, max(sent)) for one in stalled)
    complete = all(one.is_complete for one in crowd.viewers)
    beside = f"{_READING} viewers beside {_STALLED} that never read"
    return [
        Row(f"{beside}, p99", "≤ 250 ms", milliseconds(p99), p99 <= 0.25),
        Row("delivered to those who read", "all, in order",
            "all, in order" if complete else "NOT all in order", complete),
        Row("server's memory grows by at most", "≤ 20 MB", f"{growth:.1f} MB", growth <= 20),
        Row("of those who never read: cut off", f"{_STALLED}", f"{cut}", cut == _STALLED),
        Row("came back, and have every event in order", f"{_STALLED}", f"{back}",
            back == _STALLED),
    ]  # fmt: skip


def _condensing() -> Row:
    """Returns all that a fast run told while a viewer looked away, made into one event."""
    ones = [0.5 + 1 / (7 + number) for number in range(_LOSSES)]
    told = Steps(step=list(range(_LOSSES)), loss=ones, accuracy=ones, learning_rate=ones)
    event = encode(told, _LOSSES)
    missed = [LoggedEvent(seq, event.kind, seq, event.body, None) for seq in range(_BEHIND)]
    began = time.perf_counter()
    condensed = Condensed()
    condensed.add(missed)
    assert len(condensed.events()) == 1
    seconds = time.perf_counter() - began
    what = f"{_BEHIND:,} events of {_LOSSES} losses made one"
    return Row(what, "≤ 500 ms", milliseconds(seconds), seconds <= _CONDENSED_SECONDS)


def _is_cut(one: Watching) -> bool:
    """Reads what had come all the same, up to where the server hung up."""
    one.socket.settimeout(_CUT_SECONDS)
    try:
        while not one.is_cut:
            one.receive()
    except TimeoutError:
        return False
    return True


def _catches_up(server: Serving, one: Watching, seq: int) -> bool:
    one.ask(server.port, RUN_ID)
    one.socket.settimeout(_CUT_SECONDS)
    try:
        while one.last_seq < seq and not one.is_cut:
            one.receive()
    except TimeoutError:
        return False
    return one.last_seq >= seq and one.is_complete
