"""What viewers are sent, put together away from any server."""

import asyncio
import json

from hypothesis import given
from hypothesis import strategies as st

from app.events import EncodedEvent, streamed_kernel
from app.store import LoggedEvent
from app.web.channel import Channel, Viewer
from app.web.hub import Hub
from app.web.server_sent import (
    Condensed,
    ServerSentEvent,
    encode_frame,
    frame_of,
    with_thinned_steps,
)
from tests.store.samples import evaluated, kernel, snapshot, status, steps


def _logged(events: list[EncodedEvent], first: int = 1) -> list[LoggedEvent]:
    return [
        LoggedEvent(seq, event.kind, event.step, event.body, streamed_kernel(event))
        for seq, event in enumerate(events, start=first)
    ]


LOGS = st.lists(
    st.one_of(
        st.integers(1, 99).map(steps),
        st.integers(0, 99).map(snapshot),
        st.integers(0, 99).map(evaluated),
        st.just(status("paused")),
    ),
    max_size=40,
).map(_logged)


def test_a_frame_is_what_event_sources_read() -> None:
    frame = encode_frame(7, "snapshot", '{"step":3}', kernel(3))
    lines = frame.data.decode().split("\n")
    assert lines[:2] == ["id: 7", "event: snapshot"]
    assert json.loads(lines[2].removeprefix("data: "))["kernel"]["shape"] == "2, 1, 1, 1"
    assert lines[3:] == ["", ""]


def test_live_and_logged_events_make_the_same_frame() -> None:
    event = snapshot(4)
    live = encode_frame(1, event.kind, event.body, streamed_kernel(event))
    assert live == frame_of(_logged([event])[0])


def _numbers(log: list[LoggedEvent]) -> list[tuple[int, float]]:
    bodies = [json.loads(event.body) for event in log if event.kind == "steps"]
    return [pair for body in bodies for pair in zip(body["step"], body["loss"], strict=True)]


def _condense(log: list[LoggedEvent], at_a_time: int = 100) -> list[LoggedEvent]:
    condensed = Condensed()
    for start in range(0, len(log), at_a_time):
        condensed.add(log[start : start + at_a_time])
    return condensed.events()


def _pair_by_pair(log: list[LoggedEvent]) -> list[LoggedEvent]:
    """The same worked out in the plainest way, which parses what it has merged again and again."""
    newest = max((event.seq for event in log if event.kind == "snapshot"), default=0)
    kept: list[LoggedEvent] = []
    for event in log:
        if event.kind == "snapshot" and event.seq != newest:
            continue
        if kept and event.kind == kept[-1].kind == "steps":
            first, second = json.loads(kept[-1].body), json.loads(event.body)
            both = {
                name: first[name] + value if isinstance(value, list) else value
                for name, value in second.items()
            }
            kept[-1] = event._replace(body=json.dumps(both, separators=(",", ":")))
        else:
            kept.append(event)
    return kept


def test_events_of_other_quantities_stay_apart() -> None:
    before, between, after = _logged([steps(1), steps(2), steps(3)])
    body = json.loads(between.body)
    unnamed = between._replace(body=json.dumps(body | {"accuracy": None}))
    assert _condense([before, unnamed, after]) == [before, unnamed, after]
    many = [one for _ in range(300) for one in (before, unnamed)]
    assert with_thinned_steps(many) == many


@given(log=LOGS)
def test_condensing_keeps_every_number_the_newest_snapshot_and_the_order(
    log: list[LoggedEvent],
) -> None:
    kept = _condense(log)
    seqs = [event.seq for event in kept]
    assert seqs == sorted(set(seqs))
    assert seqs[-1:] == [event.seq for event in log][-1:]
    assert _numbers(kept) == _numbers(log)
    for kind in ("evaluated", "status_changed"):
        assert [e for e in kept if e.kind == kind] == [e for e in log if e.kind == kind]
    newest = [event for event in log if event.kind == "snapshot"][-1:]
    assert [event for event in kept if event.kind == "snapshot"] == newest


def _told(event: LoggedEvent) -> tuple[LoggedEvent, list[tuple[str, object]]]:
    """An event and its fields in their order, whatever way its numbers are written."""
    return event._replace(body=""), list(json.loads(event.body).items())


@given(log=LOGS, at_a_time=st.integers(1, 8))
def test_condensing_comes_to_the_same_as_merging_pair_by_pair(
    log: list[LoggedEvent], at_a_time: int
) -> None:
    condensed, expected = _condense(log, at_a_time), _pair_by_pair(log)
    assert [_told(event) for event in condensed] == [_told(event) for event in expected]


@given(
    batches=st.lists(st.lists(st.integers(1, 400_000), min_size=1), min_size=1, max_size=50),
    first=st.integers(1, 9),
)
def test_a_ring_answers_without_gap_or_says_that_it_cannot(
    batches: list[list[int]], first: int
) -> None:
    channel = Channel()
    assert channel.after(0) is None
    last = first - 1
    for sizes in batches:
        frames = [
            ServerSentEvent(seq, "steps", b"x" * size) for seq, size in enumerate(sizes, last + 1)
        ]
        channel.add(frames)
        last = frames[-1].seq
        assert channel.after(last) == []
        assert channel.after(last - 1) == frames[-1:]
    for seq in range(first - 1, last + 2):
        answer = channel.after(seq)
        assert answer is None or [frame.seq for frame in answer] == list(range(seq + 1, last + 1))


def test_a_ring_that_missed_events_begins_anew_rather_than_hide_a_hole() -> None:
    channel = Channel()
    channel.add([ServerSentEvent(5, "steps", b"x")])
    channel.add([ServerSentEvent(7, "steps", b"x"), ServerSentEvent(8, "steps", b"x")])
    assert channel.after(5) is None
    assert [frame.seq for frame in channel.after(6) or []] == [7, 8]


def test_a_ring_behind_the_log_sends_viewers_to_the_log() -> None:
    channel = Channel()
    channel.add([ServerSentEvent(5, "steps", b"x")])
    channel.reached(7, is_over=False)
    assert channel.after(5) is None
    assert channel.after(7) == []


def test_what_nobody_watched_between_two_viewers_leaves_no_hole_in_the_ring() -> None:
    async def seen() -> list[int] | None:
        hub = Hub(max_viewers=2)
        with hub.watching("run", Viewer(4, lambda: None)):
            hub.publish("run", [(5, steps(5))])  # to be delivered when the loop comes to it
        hub.publish("run", [(6, steps(6))])
        with hub.watching("run", Viewer(4, lambda: None)) as channel:
            hub.publish("run", [(7, steps(7))])
            await asyncio.sleep(0)
            frames = channel.after(5)
        await hub.aclose()
        return None if frames is None else [frame.seq for frame in frames]

    assert asyncio.run(seen()) is None  # the log knows
