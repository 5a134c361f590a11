"""Jobs and commands as they travel from a server to the tasks of a cluster."""

import json
from typing import Any, NamedTuple

from ..external.described import Continues
from ..external.packets import Packet, encode_packet
from ..numerics import Numerics
from ..past import Handover, Past, RecordedEvent
from ..recipe import Recipe
from ..training.instruction import Instruction
from ..workers.messages import Command, Hold, Job, Leave

LARGEST_JOB_BYTES = 1024**3
_FLOAT_BYTES = 4


class Said(NamedTuple):
    """Something that a task is told, numbered so that it hears it once."""

    number: int
    message: Command | Hold | Leave


def job_packet(job: Job, attempt: int) -> bytes:
    """Packs what a task is to train."""
    past, beginning = job.past, job.beginning
    blobs = [
        None if past is None else json.dumps(_told_past(past)).encode(),
        past.checkpoint if past else None,
        beginning.state if beginning else None,
    ]
    header = {
        "attempt": attempt,
        "run": job.run_id,
        "recipe": job.recipe.model_dump(mode="json", exclude_none=True),
        "continues": None if beginning is None else beginning.continues.model_dump(),
        "blobs": [None if blob is None else len(blob) for blob in blobs],
    }
    pieces = [padded(blob) for blob in blobs if blob is not None]
    return b"".join(encode_packet(header, pieces, LARGEST_JOB_BYTES))


def job_in(packet: Packet) -> tuple[Job, int]:
    """Returns what is to be trained, and at which attempt; ValueError or KeyError if it is none."""
    header = packet.header
    told, checkpoint, state = _blobs_in(header["blobs"], packet.blob)
    past = None if told is None else _past_in(json.loads(told), checkpoint)
    beginning = None
    if header["continues"] is not None:
        beginning = Handover(Continues.model_validate(header["continues"]), state or b"")
    recipe = Recipe.model_validate(header["recipe"])
    return Job(header["run"], recipe, past, beginning), header["attempt"]


def told_to_task(said: Said) -> dict[str, Any]:
    """Says a command as JSON has it."""
    match said.message:
        case Command(number, _, instruction):
            return {"said": said.number, "command": number, **instruction._asdict()}
        case Hold(_, is_held):
            return {"said": said.number, "is_held": is_held}
    return {"said": said.number}


def said_in(told: dict[str, Any], run_id: str) -> Said:
    """Reads a command; KeyError or TypeError if it is none."""
    number = told["said"]
    if "command" in told:
        instruction = Instruction(**{name: told[name] for name in Instruction._fields})
        return Said(number, Command(told["command"], run_id, instruction))
    return Said(number, Hold(run_id, told["is_held"]) if "is_held" in told else Leave())


def _told_past(past: Past) -> dict[str, Any]:
    """Says what is on record: of the events the last one, and those that have to be told again."""
    known = 0 if past.checkpoint is None else past.checkpoint_seq
    kept = [event for event in past.kept if event.seq > known] or past.kept[-1:]
    return {
        "step": past.step,
        "training_seconds": past.training_seconds,
        "kept": [
            [
                *(event.seq, event.kind, event.step, event.body),
                [[name, shape, digest.hex()] for name, shape, digest in event.arrays],
            ]
            for event in kept
        ],
        "checkpoint_seq": past.checkpoint_seq,
        "numerics": past.numerics.model_dump() if past.numerics else None,
        "numerics_seq": past.numerics_seq,
    }


def _past_in(told: dict[str, Any], checkpoint: bytes | None) -> Past:
    kept = [
        RecordedEvent(
            *(seq, kind, step, body),
            tuple((name, tuple(shape), bytes.fromhex(digest)) for name, shape, digest in arrays),
        )
        for seq, kind, step, body, arrays in told["kept"]
    ]
    return Past(
        step=told["step"],
        training_seconds=told["training_seconds"],
        kept=kept,
        checkpoint=checkpoint,
        checkpoint_seq=told["checkpoint_seq"],
        numerics=Numerics.read(json.dumps(told["numerics"])) if told["numerics"] else None,
        numerics_seq=told["numerics_seq"],
    )


def padded(blob: bytes) -> bytes:
    return blob + bytes(-len(blob) % _FLOAT_BYTES)


def _blobs_in(lengths: list[int | None], blob: memoryview) -> list[bytes | None]:
    found: list[bytes | None] = []
    start = 0
    for length in lengths:
        found.append(None if length is None else bytes(blob[start : start + length]))
        start += 0 if length is None else length + -length % _FLOAT_BYTES
    return found
