"""Files of weights as a recording: what a watched training would have sent."""

import hashlib
from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Final

from ..external.packets import encode_packet
from ..external.recording import VERSION
from ..external.registration import MOST_LAYERS, Registration, plain_text
from ..inspection.refused import Refused
from ..reading.contents import WeightsUnreadable
from ..reading.files import Layout
from .files import LARGEST_PACKET, FileToOpen
from .film import FoundFilm, OpenedFrame, film_of
from .kept_layers import registered_layers
from .limits import bounded_memory

_BATCH_BYTES: Final = 1024**2  # of several frames that are told at once
_BATCH_FRAMES: Final = 16
_MOST_NAMED: Final = 12  # of the files that are left out, or layers


def write_recording(
    out: BinaryIO, files: Sequence[FileToOpen], name: str, layout: Layout | None
) -> None:
    """Writes the recording of files that are opened together, as frames of one run.

    Its key follows from what it holds, so that the same files make the same run.

    Args:
        name: what the run is called.
        layout: the order of a kernel's axes, for files that don't say it.

    Raises:
        Refused: there is nothing to show, with the reason.
    """
    try:
        with bounded_memory(), TemporaryFile() as draft:
            film = film_of(files, layout, draft)
            _write(out, film, name, draft)
    except WeightsUnreadable as why:
        text = str(why)
        raise Refused(text[:1].upper() + text[1:], "file") from None


def _write(out: BinaryIO, film: FoundFilm, name: str, draft: BinaryIO) -> None:
    said = _registration(film, name)
    digest = hashlib.blake2b(_json_of(said), digest_size=16)
    for file in film.files:
        digest.update(f"{file.step} {file.arrays}".encode())
        digest.update(_weights(draft, file))
    key = digest.hexdigest()
    said = said.model_copy(update={"client": key[:16]})
    told = {
        "frames": len(film.files),
        "left_out": [one._asdict() for one in film.left_out],
        "notes": list(said.notes),
    }
    registration = said.model_dump(mode="json")
    begin = {"fscope": VERSION, "key": key, "registration": registration, "opened": told}
    _put(out, begin, [])
    _write_batches(out, film, draft)


def _write_batches(out: BinaryIO, film: FoundFilm, draft: BinaryIO) -> None:
    """Writes the first frame by itself, so that there is something to see, then some at once."""
    first, waiting, size = 1, [], 0
    for number, file in enumerate(film.files):
        waiting.append(file)
        size += file.size
        is_last = number == len(film.files) - 1
        if not (number == 0 or is_last or size >= _BATCH_BYTES or len(waiting) == _BATCH_FRAMES):
            continue
        items = [_snapshot(frame) for frame in waiting]
        items += [{"kind": "end", "step": file.step, "outcome": "finished"}] if is_last else []
        header = {"items": items, "left_out": 0, "first": first, "attempt": 1}
        _put(out, header, [_weights(draft, frame) for frame in waiting])
        first, waiting, size = first + len(items), [], 0


def _put(out: BinaryIO, header: dict[str, Any], arrays: list[bytes]) -> None:
    try:
        pieces = encode_packet(header, arrays, LARGEST_PACKET)
    except ValueError as why:
        raise WeightsUnreadable(f"it holds more than is shown of a network: {why}") from None
    out.writelines(pieces)


def _registration(film: FoundFilm, name: str) -> Registration:
    first, last = film.files[0], film.files[-1]
    contents = first.contents
    return Registration(
        name=plain_text(name) or "Opened file",
        framework=contents.framework,
        client="0" * 16,
        total_steps=last.step if last.step > first.step else None,
        step_unit=film.unit or "file",
        begins="unknown",
        class_names=contents.class_names,
        input_shape=contents.input_shape,
        layers=registered_layers(contents),
        network=contents.network if len(contents.layers) <= MOST_LAYERS else None,
        source="opened",
        notes=tuple(_notes(film)),
    )


def _notes(film: FoundFilm) -> list[str]:
    """Says what of the files wasn't understood, what isn't kept of them, and which are left out."""
    contents, count = film.files[0].contents, len(film.files)
    notes = [_sentence(note) for note in contents.notes]
    if len(contents.layers) > MOST_LAYERS:
        notes.append(f"Of its {len(contents.layers):,} layers the first {MOST_LAYERS:,} are shown.")
    if without := max((file.without for file in film.files), key=len):
        each = "each file" if count > 1 else "the file"
        notes.append(f"Not kept of {each}, for want of room: {_listed(list(without))}.")
    if count > 1 and film.unit is None:
        notes.append("No name tells a step, so the files are counted in the order of their names.")
    by_reason: dict[str, list[str]] = {}
    for name, why in film.left_out:
        by_reason.setdefault(why.partition(";")[0], []).append(name)  # the way out is for one file
    notes += [f"Left out: {_listed(names)}, for {why}." for why, names in by_reason.items()]
    return notes[:_MOST_NAMED]


def _listed(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    shown = ", ".join(names[:_MOST_NAMED])
    return f"{shown} and {more:,} more" if more > 0 else shown


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _snapshot(file: OpenedFrame) -> dict[str, Any]:
    return {"kind": "snapshot", "step": file.step, "arrays": file.arrays}


def _weights(draft: BinaryIO, file: OpenedFrame) -> bytes:
    draft.seek(file.start)
    return draft.read(file.size)


def _json_of(said: Registration) -> bytes:
    return said.model_dump_json(exclude={"name", "notes"}).encode()
