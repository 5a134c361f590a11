"""One filter judged by itself gets what it gets among all the others of its layer."""

from pathlib import Path

import numpy as np
import pytest

from app.analysis import change_from, columns_of, judge_filters, least_norm_of
from app.events import StoredArray
from app.external.described import Described, DescribedLayer
from app.inspection.compared import verdicts_on
from app.inspection.snapshot import KeptSnapshot

SHAPE = (7, 7, 3, 12)
WEAK, VANISHED = 3, 8


@pytest.mark.parametrize("are_all_weak", [False, True])
def test_a_filter_alone_is_judged_as_among_the_others(
    cache_folder: Path, are_all_weak: bool
) -> None:
    drawn = np.random.default_rng(4)
    first = drawn.normal(0, 0.1, SHAPE).astype("<f4")
    across = np.linspace(-1, 1, 7)
    edges = (across * np.exp(-2 * across**2))[:, None, None, None]
    now = (first + edges * np.linspace(0, 1, SHAPE[3])).astype("<f4")
    now[..., WEAK] *= 0.02
    now[..., VANISHED] = 0
    if are_all_weak:
        now *= np.float32(1e-9)
    described = Described(
        name="mine",
        source="watched",
        layers=(DescribedLayer(name="conv1", title="stem", kind="conv2d", shape=SHAPE),),
    )
    arrays = [StoredArray("conv1/kernel", SHAPE, kernel.tobytes()) for kernel in (now, first)]
    kept = KeptSnapshot(None, (arrays[0],), cache_folder, described)
    least_norm = least_norm_of(columns_of(first).norm)
    together = judge_filters(now, cache_folder=cache_folder, least_norm=least_norm)
    changes = change_from(first, now)
    for index in range(SHAPE[3]):
        alone = verdicts_on(kept, "conv1", index, arrays[1]).by_name
        assert alone["label"] == together.label[index]
        assert (alone["label"] == "dead") == (are_all_weak or index in (WEAK, VANISHED))
        for name, values in together.by_filter().items():
            if values.dtype.kind == "f":
                assert alone[name] == pytest.approx(values[index].tolist(), rel=1e-5, abs=1e-9)
        assert alone["change"] == pytest.approx(changes.change[index], rel=1e-6)
