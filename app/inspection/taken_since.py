"""When a network began to take pictures for what it takes them for now."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ..store import reading_beside
from ..training.build import build_network
from .looking import kept_at
from .refused import Refused
from .subject import Subject
from .tried import load_kept, softmax_chances

MOST_LOOKED_AT = 100  # snapshots before, spread evenly over those that were kept

Classes = NDArray[np.int64]


def taken_since(subject: Subject, index: NDArray[np.intp], taken: Classes) -> list[int]:
    """Returns the step since which each test picture is taken for the class it is taken for now.

    That is as far as kept snapshots tell: the earliest of them with all weights from which on none
    up to this one says anything else.

    Args:
        subject: the snapshot that is asked about.
        index: of the pictures in the test set, (pictures,).
        taken: the class that each is taken for at this snapshot, (pictures,).
    """
    since = np.full(len(index), subject.step)
    lasting = np.ones(len(index), np.bool_)
    for step, said in _before(subject, index) if len(index) else ():
        lasting &= said == taken
        since[lasting] = step
        if not lasting.any():
            break
    return since.tolist()


def _before(subject: Subject, index: NDArray[np.intp]) -> Iterator[tuple[int, Classes]]:
    """Yields what each picture was taken for at earlier snapshots, the latest of them first."""
    kept = kept_at(subject)
    data = kept.dataset
    images = np.concatenate([data.test(int(one), int(one) + 1)[0] for one in index])
    network = build_network(kept.recipe, len(images))
    for step in _steps_before(subject):
        try:
            load_kept(network, kept_at(subject._replace(step=step)))
        except Refused:  # of a large network, or a snapshot that was thinned away meanwhile
            continue
        with np.errstate(over="ignore", invalid="ignore"):
            logits = network.predict(images)
            said = softmax_chances(logits).argmax(axis=1)
        yield step, np.where(np.isfinite(logits).all(axis=1), said, -1)


def _steps_before(subject: Subject) -> list[int]:
    kept = reading_beside(subject.database).snapshot_steps(subject.run_id)
    before = [step for step in kept if step < subject.step]
    if len(before) > MOST_LOOKED_AT:
        places = np.linspace(0, len(before) - 1, MOST_LOOKED_AT).round().astype(int)
        before = [before[place] for place in places]
    return before[::-1]
