"""What training added to the filters of a run, snapshot by snapshot, judged as filters are."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..analysis import (
    FilterJudgement,
    added_since,
    chance_of,
    judge_filters,
    likelihood,
    unjudged,
)
from ..events import StoredArray
from ..store import reading_beside
from ..verdicts import OF_ADDED
from ..vocabulary.layers.naming import kernel_name
from .cache import CACHE
from .compared import LARGEST_NULL
from .refused import Missing

_PLACES = 6
_NO_LIMIT = 2**62  # a kernel is read only if it wasn't judged before


class _Judged(NamedTuple):
    """What one snapshot adds to frame 0: `left` is (filters,)."""

    judgement: FilterJudgement
    left: NDArray[np.float64]


def added_of(
    database: Path, cache_folder: Path, run_id: str, layer: str, after_step: int
) -> dict[str, Any]:
    """Returns the verdicts on what was added up to each snapshot after `after_step`.

    Frame 0 has none: nothing was added to it. What was judged once isn't judged again for as long
    as somebody goes on asking.

    Raises:
        Missing: a snapshot was deleted meanwhile.
    """
    reading, name = reading_beside(database), kernel_name(layer)
    heads = reading.film_heads(run_id, layer, _NO_LIMIT)

    def kernel(seq: int) -> StoredArray:
        array = reading.array_at(run_id, seq, name)
        if array is None:
            raise Missing("This snapshot was deleted meanwhile", "no_snapshot")
        return array

    def judged(seq: int) -> _Judged:
        key = ("added", database, run_id, name, seq)
        return CACHE.get(key, lambda: _judge(kernel(heads[0].seq), kernel(seq), cache_folder))

    frames = [judged(head.seq) for head in heads[1:]]
    steps = [head.step for head in heads[1:]]
    size = kernel(heads[0].seq).shape[0] if heads else 0
    chance = chance_of(size)
    return {"layer": layer, "chance": chance, **_told(steps, frames, chance, after_step)}


def _judge(start: StoredArray, now: StoredArray, cache_folder: Path) -> _Judged:
    before, after = (np.frombuffer(one.data, "<f4").reshape(one.shape) for one in (start, now))
    added = added_since(before, after)
    kernels = added.kernels.astype(np.float32)
    height, width, channels, _ = kernels.shape
    if height != width or height * width * channels > LARGEST_NULL:
        return _Judged(unjudged(kernels), added.left)
    return _Judged(judge_filters(kernels, cache_folder=cache_folder), added.left)


def _told(
    steps: list[int], frames: list[_Judged], chance: float, after_step: int
) -> dict[str, Any]:
    start = sum(step <= after_step for step in steps)
    told: dict[str, Any] = {
        "steps": steps[start:],
        "left": [frame.left.round(_PLACES).tolist() for frame in frames[start:]],
    }
    if not all(frame.judgement.judgeable for frame in frames):
        return told
    since = _since(steps, [frame.judgement.label.tolist() for frame in frames])
    each = [
        _verdicts(frame.judgement, chance) | {"since": since[start + place]}
        for place, frame in enumerate(frames[start:])
    ]
    return told | {name: [verdicts[name] for verdicts in each] for name in OF_ADDED}


def _verdicts(judged: FilterJudgement, chance: float) -> dict[str, Any]:
    by_filter = {
        name: (values.round(_PLACES) if values.dtype.kind == "f" else values).tolist()
        for name, values in judged.by_filter().items()
    }
    oriented = int(judged.is_oriented.sum())
    count = judged.score.size
    likely = {"likelihood": likelihood(oriented, count, chance)}
    return by_filter | judged.of_the_layer() | likely


def _since(steps: list[int], labels: list[list[str]]) -> list[list[int]]:
    """Says of each snapshot since which step each filter has borne its label."""
    found: list[list[int]] = []
    for place, (step, label) in enumerate(zip(steps, labels, strict=True)):
        before = labels[place - 1] if place else [""] * len(label)
        past = found[-1] if found else [step] * len(label)
        kept = zip(before, label, past, strict=True)
        found.append([since if was == now else step for was, now, since in kept])
    return found
