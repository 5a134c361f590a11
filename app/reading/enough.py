"""How many layers of a file are told of: at least one, and at most as many as a run may have."""

from ..external.registration import MOST_LAYERS
from .contents import FoundLayer, WeightsUnreadable
from .unclear import Unclear


def as_many_as_told(layers: tuple[FoundLayer, ...], notes: Unclear) -> tuple[FoundLayer, ...]:
    """Returns the layers, the first of them where they are too many.

    Raises:
        WeightsUnreadable: there is none.
    """
    if not layers:
        why = "".join(f" ({note})" for note in notes.told()[:1])
        raise WeightsUnreadable(
            f"there is no layer with a kernel in it{why}; open the file that keeps the network's"
            " weights"
        )
    if len(layers) > MOST_LAYERS:
        notes.add(f"it has {len(layers):,} layers; the first {MOST_LAYERS:,} are shown")
    return layers[:MOST_LAYERS]
