"""Why something can't be done with a run, in words."""

from .described import Described, Look

_TRAINED = {
    "own": "was trained here",
    "watched": "is trained by a script elsewhere",
    "opened": "was read from files",
    "cluster": "is trained on another machine",
}
_UNKNOWN = {
    "network": "Only the kernels of this network are known here, not how its layers process "
    "an image.",
    "data": "What this network was trained on isn't known here, so it can't be asked about it.",
}
_DEPTHS: tuple[Look, ...] = ("kernel", "network", "data")


def trained(run: Described) -> str:
    """Says by whom, as what follows "this run"."""
    return _TRAINED[run.source]


def not_steered(run: Described) -> str:
    """Says why a command can't reach the run, and what to do instead."""
    if run.source == "opened":
        return f"This run {trained(run)}: there is no training to steer."
    return f"This run {trained(run)}: pause it, stop it or change its rate there."


NOT_FROM_THE_START = (
    "This network may have learnt before its first frame, which says nothing of "
    "how its weights began."
)


def unknown(run: Described, look: Look) -> str | None:
    """Says why a question that goes so deep can't be answered; None if it can."""
    can = run.can.look
    if _DEPTHS.index(look) <= _DEPTHS.index(can):
        return None
    return _UNKNOWN[look]
