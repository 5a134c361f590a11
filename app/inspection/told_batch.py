"""What a batch of a watched run amounts to, worked out beside the store that keeps the run."""

import json
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ..events import EncodedEvent
from ..store import Reading, reading_beside
from ..telling.watched import tell
from .batch import BatchToTell
from .refused import Refused


def tell_batch(batch: BatchToTell) -> tuple[list[EncodedEvent], str]:
    """Returns the events of a batch, and as JSON what the next one is told with.

    Raises:
        Refused: the batch can't be told; nothing of it counts.
    """
    reading = reading_beside(batch.database)
    try:
        told = tell(
            batch.described,
            None if batch.telling is None else json.loads(batch.telling),
            batch.items,
            batch.blob,
            first=partial(_first_kernel, reading, batch.run_id),
            cache_folder=batch.cache_folder,
            total_steps=batch.total_steps,
            attempt=batch.attempt,
            left_out=batch.left_out,
        )
    except ValueError as why:
        raise Refused(_sentence(why), "items") from None
    return told.events, json.dumps(told.state, separators=(",", ":"))


def _first_kernel(reading: Reading, run_id: str, name: str) -> NDArray[np.float32] | None:
    stored = reading.first_array(run_id, name)
    return None if stored is None else np.frombuffer(stored.data, "<f4").reshape(stored.shape)


def _sentence(why: ValueError) -> str:
    text = str(why)
    return text[:1].upper() + text[1:]
