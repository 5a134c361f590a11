"""The page reads `.fscope` files as the commands do: the same packets, the same sentences."""

import base64
import io
import random
import struct
from typing import Any

from app.external.packets import encode_packet
from app.external.recording import NoRecording, Recording
from tests.page.node import asked

KEY = "0123456789abcdef0123456789abcdef"
NAME = "\u0641\u0644\u062a\u0631 <b>"
HEAD = {"fscope": 1, "key": KEY, "registration": {"name": NAME, "layers": []}}
KERNEL = struct.pack("<4f", 0.5, -1.25, float("nan"), float("inf"))

_READ = """Promise.all(a.map(async (data) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  try {
    const recording = await m.Recording.open(new Blob([bytes]));
    const batches = [];
    for await (const { body, end, ...batch } of recording.batches())
      batches.push([batch, Buffer.from(await body.arrayBuffer()).toString("base64")]);
    return [recording.key, recording.registration, batches, recording.cut];
  } catch (problem) {
    if (!(problem instanceof m.NoRecording)) throw problem;
    return problem.message;
  }
}))"""


def packet(header: dict[str, Any], blob: bytes = b"") -> bytes:
    return b"".join(encode_packet(header, [blob]))


def snapshot(first: int, step: int, **more: object) -> bytes:
    items = [{"kind": "snapshot", "step": step, "arrays": [[0, "kernel", [2, 2, 1, 1]]]}]
    return packet({"items": items, "left_out": 0, "first": first, "attempt": 1, **more}, KERNEL)


def in_python(data: bytes) -> Any:
    try:
        recording = Recording(io.BytesIO(data))
        batches = [
            [
                {
                    "first": batch.first,
                    "attempt": batch.attempt,
                    "fromStep": batch.from_step,
                    "items": batch.items,
                },
                base64.b64encode(batch.body).decode(),
            ]
            for batch in recording.batches()
        ]
    except NoRecording as why:
        return str(why)
    return [recording.key, recording.registration, batches, recording.cut]


def assert_read_alike(files: list[bytes]) -> None:
    encoded = [base64.b64encode(data).decode() for data in files]
    for data, read in zip(files, asked("net/recording.js", _READ, encoded), strict=True):
        assert read == in_python(data)


def test_the_page_reads_what_was_written_up_to_any_byte_at_which_it_is_cut() -> None:
    steps = {"kind": "steps", "step": [1, 2], "values": {"loss": [1.5, "nan"]}}
    logged = packet({"items": [steps], "left_out": 3, "first": 2, "attempt": 1})
    whole = packet(HEAD) + snapshot(1, 0) + logged + snapshot(3, 5, attempt=2, from_step=2)
    assert len(in_python(whole)[2]) == 3
    assert_read_alike([whole[:size] for size in range(len(whole) + 1)])


def test_what_is_no_recording_is_refused_in_the_same_words() -> None:
    draw = random.Random(15)
    whole = packet(HEAD) + snapshot(1, 0) + snapshot(2, 1)
    damaged = [bytearray(whole) for _ in range(300)]
    for data in damaged:
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    large = struct.pack("<4sIII", b"FSC1", 1024**2 + 1, 0, 0)
    larger = struct.pack("<4sIII", b"FSC1", 2, 8 * 1024**2, 0)
    others = [
        b"PK\x03\x04" + bytes(60),
        large,
        larger,
        struct.pack("<4sIII", b"FSC1", 2, 6, 0) + bytes(8),
        packet({**HEAD, "fscope": 2}),
        packet({**HEAD, "key": 5}),
        packet(HEAD) + packet({"first": 1, "attempt": 1}),
        packet(HEAD) + packet({"items": [], "first": 0, "attempt": 1}),
        packet(HEAD) + packet({"items": [], "first": 1}),
        packet(HEAD) + large,
    ]
    assert_read_alike([*map(bytes, damaged), *others])
