"""What viewers are sent, put together away from any server."""

import json

from hypothesis import given
from hypothesis import strategies as st

from app.events import EncodedEvent, streamed_kernel
from app.store import LoggedEvent
from app.web.channel import Channel
from app.web.server_sent import ServerSentEvent, condense, encode_frame, frame_of
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


@given(log=LOGS)
def test_condensing_keeps_every_number_the_newest_snapshot_and_the_order(
    log: list[LoggedEvent],
) -> None:
    kept = condense(log)
    seqs = [event.seq for event in kept]
    assert seqs == sorted(set(seqs))
    assert seqs[-1:] == [event.seq for event in log][-1:]
    assert _numbers(kept) == _numbers(log)
    for kind in ("evaluated", "status_changed"):
        assert [e for e in kept if e.kind == kind] == [e for e in log if e.kind == kind]
    newest = [event for event in log if event.kind == "snapshot"][-1:]
    assert [event for event in kept if event.kind == "snapshot"] == newest


@given(log=LOGS, parts=st.integers(1, 8))
def test_condensing_bit_by_bit_comes_to_the_same(log: list[LoggedEvent], parts: int) -> None:
    kept: list[LoggedEvent] = []
    for start in range(0, len(log), parts):
        kept = condense([*kept, *log[start : start + parts]])
    assert _numbers(kept) == _numbers(log)
    assert [event.seq for event in kept][-1:] == [event.seq for event in log][-1:]


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
