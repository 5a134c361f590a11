"""What filters are worth: how many test pictures are named rightly without them."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .arrays import unpacked
from .looking import check_filter, first_kernel, kept_at
from .refused import Refused
from .snapshot import KeptSnapshot
from .subject import Subject
from .switched import Filters, How, SwitchedNetwork
from .tried import MOST_TRIED, NO_NUMBERS, check_names

RESAMPLES = 2_000
_SEED = 0
_AT_ONCE = 256
_QUANTILES = (0.025, 0.975)
_FEWEST_IMAGES = 100
_MULTIPLICATIONS, _MOST_MULTIPLICATIONS = 9e9, 240e9  # of one answer: below a second, and ten

Right = NDArray[np.bool_]


def ablation_of(subject: Subject, layer: str, filters: Filters | None, how: How) -> bytes:
    """Tells how many test pictures are named rightly with filters switched, as JSON.

    Each filter is switched by itself, and those that are named also together. All pictures are
    tried with all switches; of a costly network only the first of them.

    Args:
        subject: the snapshot; nothing of the run is changed.
        layer: one of its conv layers.
        filters: from 0; None stands for each of the layer's.
        how: `off`, back to the kernel of frame 0 (`noise`), or with all others off (`only`); what
            that means beside bias, activation and normalisation says `SwitchedNetwork`.

    Raises:
        Missing: there is no such snapshot, layer or filter any more.
        Refused: the network names nothing, not all its weights were kept at this step, its answers
            are no numbers, or so many filters would take too long at once.
    """
    kept = kept_at(subject)
    check_names(kept)
    check_filter(kept, layer, max(filters or (0,)), "filters")
    first = unpacked([first_kernel(subject, layer)]) if how == "noise" else {}
    network = SwitchedNetwork(kept, layer, next(iter(first.values()), None))
    chosen = tuple((one,) for one in filters or range(network.filters))
    together = () if filters is None else (filters,)
    told = {
        "step": subject.step,
        "layer": layer,
        "how": how,
        **_told(kept, network, (*chosen, *together), how, len(chosen)),
    }
    return json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def spread_of(before: Right, after: Right) -> tuple[float, float]:
    """Returns the 2.5 and 97.5 % quantiles of the drop in accuracy over resampled test pictures.

    By the bootstrap (Efron 1979): as many pictures as there are, drawn from them with replacement,
    2,000 times. What a picture adds to the drop is 1, 0 or −1, so that counts of the three can be
    drawn in place of pictures: their distribution is the same.

    Args:
        before: whether each picture is named rightly by the network as it is, (pictures,).
        after: the same with filters switched, (pictures,).
    """
    count = len(before)
    lost, won = np.count_nonzero(before & ~after), np.count_nonzero(~before & after)
    shares = lost / count, won / count, (count - lost - won) / count
    generator = np.random.default_rng(_SEED)
    drawn = generator.multinomial(count, shares, RESAMPLES)
    low, high = np.quantile((drawn[:, 0] - drawn[:, 1]) / count, _QUANTILES)
    return float(low), float(high)


def _told(
    kept: KeptSnapshot, network: SwitchedNetwork, switches: Sequence[Filters], how: How, single: int
) -> dict[str, Any]:
    """Tells what comes of each switch, of which the first `single` are of one filter."""
    names = check_names(kept)
    labels, (before, *after) = _tried(kept, network, ((), *switches), how)
    outcomes = [_outcome(labels, before, right, len(names)) for right in after]
    return {
        "images": len(labels),
        "class_names": names,
        "accuracy": int(before.sum()) / len(labels),
        "per_class": _per_class(labels, before, len(names)),
        "filters": [
            {"filter": one, **outcome}
            for (one,), outcome in zip(switches[:single], outcomes, strict=False)
        ],
        "together": next(iter(outcomes[single:]), None),
    }


def _tried(
    kept: KeptSnapshot, network: SwitchedNetwork, switches: Sequence[Filters], how: How
) -> tuple[NDArray[np.int64], Right]:
    """Gives the true labels (pictures,) and what is right with each switch (switches, pictures)."""
    count = _affordable(network, len(switches), kept.dataset.test_size)
    labels, said = [], []
    with np.errstate(over="ignore", invalid="ignore"):
        for start in range(0, count, _AT_ONCE):
            images, true = kept.dataset.test(start, min(start + _AT_ONCE, count))
            labels.append(true)
            said.append(network.said(images, switches, how))
    all_labels, all_said = np.concatenate(labels), np.concatenate(said, axis=1)
    if (all_said[0] < 0).any():
        raise Refused(NO_NUMBERS, "step")
    return all_labels, all_said == all_labels


def _affordable(network: SwitchedNetwork, switches: int, there: int) -> int:
    """Returns how many of the test pictures that are there may be tried."""
    cost = network.cost(switches)
    count = min(there, MOST_TRIED, max(_FEWEST_IMAGES, int(_MULTIPLICATIONS // cost)))
    if count * cost > _MOST_MULTIPLICATIONS:
        a_switch = network.cost(1) - network.cost(0)
        left = _MOST_MULTIPLICATIONS / count - network.cost(0)
        most = max(1, int(left // max(1, a_switch)) - 2)  # as it is, and those together
        message = f"So many filters of so large a network take too long at once; name up to {most}"
        raise Refused(message, "filters", most)
    return count


def _outcome(labels: NDArray[np.int64], before: Right, after: Right, classes: int) -> Any:
    low, high = spread_of(before, after)
    right, count = int(after.sum()), len(labels)
    return {
        "accuracy": right / count,
        "drop": (int(before.sum()) - right) / count,
        "low": low,
        "high": high,
        "per_class": _per_class(labels, after, classes),
    }


def _per_class(labels: NDArray[np.int64], right: Right, classes: int) -> list[float | None]:
    """Gives the share of each class that is named rightly; None where no picture is of it."""
    of_class = np.bincount(labels, minlength=classes).tolist()
    rightly = np.bincount(labels[right], minlength=classes).tolist()
    return [
        part / all_of if all_of else None for part, all_of in zip(rightly, of_class, strict=True)
    ]
