"""Recorded weights as they are: one snapshot, or all that there are of a layer."""

import base64
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from ..events import typed_array
from ..store import reading_beside
from ..store.snapshots import Frame, StoredSnapshot
from .npz import write_npz
from .refused import Missing
from .subject import Subject

_AT_ONCE = 3 * 2**18  # bytes made text at a time: a multiple of three, which base64 takes together


def snapshot_of(subject: Subject, layer: str) -> dict[str, Any]:
    """Returns one layer's weights at a step, with the verdicts where it is the judged one.

    Raises:
        Missing: there is no such snapshot any more.
    """
    snapshot = _snapshot(subject)
    is_judged = snapshot.body["layer"] == layer
    body = snapshot.body if is_judged else {"step": snapshot.step, "layer": layer}
    arrays = {
        part: typed_array(snapshot.arrays[f"{layer}/{part}"])
        for part in ("kernel", "bias")
        if f"{layer}/{part}" in snapshot.arrays
    }
    return body | arrays


def write_snapshot(file: BinaryIO, subject: Subject) -> None:
    """Writes all arrays of a snapshot in NumPy's format; raises as `snapshot_of`."""
    write_npz(file, _snapshot(subject).arrays.values())


def write_film(
    file: BinaryIO,
    database: Path,
    run_id: str,
    layer: str,
    limit_bytes: int,
    columns: Sequence[str],
) -> None:
    """Writes all snapshots of a layer as JSON, thinned evenly if they exceed `limit_bytes`.

    Args:
        columns: verdicts that are told, a list a frame; null for a frame that couldn't be judged.
    """
    frames = reading_beside(database).film(run_id, layer, limit_bytes)
    shape = frames[0].kernel.shape if frames else (0, 0, 0, 0)
    steps = [frame.step for frame in frames]
    lengths = ", ".join(map(str, (len(frames), *shape)))
    bodies = [frame.body or {} for frame in frames]
    told = [name for name in columns if any(name in body for body in bodies)]
    head = _json({"layer": layer, "steps": steps})
    file.write(f'{head[:-1]},"kernels":{{"dtype":"f4","shape":"{lengths}","bdata":"'.encode())
    # Not by `writelines`, of which a spooled file takes all into memory first.
    for piece in _base64(frames):  # noqa: FURB122
        file.write(piece)
    tail = _json({name: [body.get(name) for body in bodies] for name in told})
    file.write(f'"}}{"," if told else ""}{tail[1:]}'.encode())


def _base64(frames: Sequence[Frame]) -> Iterator[bytes]:
    """Yields the kernels of all frames as one base64 text."""
    left = b""
    for frame in frames:
        data = left + frame.kernel.data
        whole = len(data) - len(data) % 3
        for start in range(0, whole, _AT_ONCE):
            yield base64.b64encode(data[start : min(start + _AT_ONCE, whole)])
        left = data[whole:]
    yield base64.b64encode(left)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _snapshot(subject: Subject) -> StoredSnapshot:
    snapshot = reading_beside(subject.database).snapshot(subject.run_id, subject.step)
    if snapshot is None:
        raise Missing("This snapshot was deleted meanwhile", "no_snapshot")
    return snapshot
