"""An `.fscope` file is read as far as it is whole, and the rest is said."""

import io
from typing import Any

import pytest

from app.external.packets import encode_packet
from app.external.recording import NoRecording, Recording

KEY = "0123456789abcdef0123456789abcdef"
HEAD = {"fscope": 1, "key": KEY, "registration": {"name": "mine", "client": "c" * 16}}


def packet(header: dict[str, Any], blob: bytes = b"") -> bytes:
    return b"".join(encode_packet(header, [blob]))


def batch(first: int, steps: list[int], **more: object) -> bytes:
    items = [{"kind": "evaluated", "step": step, "loss": 0.5} for step in steps]
    return packet({"items": items, "left_out": 0, "first": first, "attempt": 1, **more})


def test_what_was_written_is_given_back_in_the_bytes_in_which_it_is_sent() -> None:
    parts = [batch(1, [0]), batch(2, [1, 2, 3], attempt=2, from_step=1)]
    recording = Recording(io.BytesIO(packet(HEAD) + b"".join(parts)))
    assert (recording.key, recording.registration) == (KEY, HEAD["registration"])
    first, second = recording.batches()
    assert [first.body, second.body] == parts
    assert (first.first, first.items, first.attempt) == (1, 1, 1)
    assert (second.first, second.items, second.attempt, second.from_step) == (2, 3, 2, 1)
    assert recording.cut is None


def test_of_a_cut_file_what_is_whole_counts_and_the_cut_is_said() -> None:
    whole = packet(HEAD) + batch(1, [0])
    last = batch(2, [1])
    for cut in range(1, len(last)):
        recording = Recording(io.BytesIO(whole + last[:cut]))
        assert [read.first for read in recording.batches()] == [1]
        assert recording.cut is not None
        assert recording.cut.startswith("its last packet")


def test_after_a_damaged_packet_nothing_is_taken_for_what_it_is_not() -> None:
    damaged = bytearray(batch(1, [0]))
    damaged[-3] ^= 1
    recording = Recording(io.BytesIO(packet(HEAD) + damaged + batch(2, [1])))
    assert list(recording.batches()) == []
    assert recording.cut is not None
    assert "what follows is left out" in recording.cut


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (packet(HEAD)[:-1], "before it tells anything"),
        (b"PK\x03\x04" + bytes(60), "no .fscope file"),
        (packet({**HEAD, "fscope": 2}), "another version"),
        (packet({**HEAD, "key": 5}), "which run"),
        (packet({**HEAD, "registration": []}), "which run"),
    ],
)
def test_what_is_no_recording_is_refused_in_words(data: bytes, says: str) -> None:
    with pytest.raises(NoRecording, match=says):
        Recording(io.BytesIO(data))


@pytest.mark.parametrize("wrong", [{"first": 0}, {"first": True}, {"attempt": None}, {"items": 3}])
def test_a_packet_that_is_no_batch_is_named(wrong: dict[str, object]) -> None:
    recording = Recording(io.BytesIO(packet(HEAD) + batch(**{"first": 1, "steps": [0], **wrong})))
    with pytest.raises(NoRecording, match="packet without"):
        list(recording.batches())
