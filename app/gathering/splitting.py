"""Which pictures test what was learned: by each one's own hash, so that more don't change it."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .found import GivenSplit

TEST_SHARE: Final = 0.2


def is_for_testing(
    labels: NDArray[np.int64], digests: Sequence[bytes], given: Sequence[GivenSplit]
) -> NDArray[np.bool_]:
    """Says of each picture whether it is for testing, (pictures,).

    What the source says counts; all others go by their hash, one in five for testing, and each
    class has one at least in either set.
    """
    drawn = np.array([int.from_bytes(digest[:8], "big") / 2**64 for digest in digests])
    tests = drawn < TEST_SHARE
    said = np.array([one is not None for one in given])
    tests[said] = np.array([one == "test" for one in given])[said]
    for label in np.unique(labels):
        free = np.flatnonzero((labels == label) & ~said)
        if not len(free):
            continue
        by_hash = free[np.argsort(drawn[free], kind="stable")]
        own = labels == label
        if not tests[own].any():
            tests[by_hash[0]] = True
        elif tests[own].all():
            tests[by_hash[-1]] = False
    return tests
