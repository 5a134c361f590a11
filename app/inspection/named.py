"""Names somebody's drawing: the class that a network takes it for."""

from typing import Any

import numpy as np

from .arrays import packed
from .looking import kept_at
from .refused import Refused
from .seen import probabilities_of, see
from .subject import Subject


def named_of(subject: Subject, image: Any) -> dict[str, Any]:
    """Returns the surest class, how sure the network is, and the drawing as bytes.

    Raises:
        Missing: there is no such snapshot any more.
        Refused: it isn't a picture for this network, or the network names nothing.
    """
    kept = kept_at(subject)
    seen = see(kept, {"index": None, "png": None, "image": image})
    probabilities, reason = probabilities_of(kept, seen.walk)
    if probabilities is None:
        raise Refused((reason or "This network names nothing").rstrip("."), "drawings")
    surest = int(np.argmax(probabilities))
    return {
        "name": kept.class_names[surest],
        "class_index": surest,
        "probability": probabilities[surest],
        "pixels": packed(np.rint(seen.picture.pixels).astype(np.uint8)),
    }
