"""What somebody may have meant by a name that isn't known here."""

import difflib
from collections.abc import Collection
from typing import Final

# As other libraries and habits have it; what differs by a letter or two is found without.
_ALSO_CALLED: Final = {
    "lr": "learning_rate",
    "rate": "learning_rate",
    "bs": "batch_size",
    "batch": "batch_size",
    "nb_filter": "filters",
    "out_channels": "filters",
    "nb_epoch": "epochs",
    "num_epochs": "epochs",
    "stride": "strides",
    "border_mode": "padding",
    "iterations": "steps",
    "max_steps": "steps",
    "random_state": "seed",
    "wd": "weight_decay",
}


def nearest(name: str, known: Collection[str]) -> str | None:
    """Returns the known name that was probably meant, if any is like it.

    >>> nearest("lr", {"learning_rate", "momentum"}), nearest("momentun", {"momentum"})
    ('learning_rate', 'momentum')
    """
    lower = name[:100].lower().replace("-", "_")
    if _ALSO_CALLED.get(lower) in known:
        return _ALSO_CALLED[lower]
    found = difflib.get_close_matches(lower, known, 1)
    return found[0] if found else None
