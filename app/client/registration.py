"""What a run says of itself before anything else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .saying import sendable_text
from .settings import WatchSettings

MOST_LAYERS = 2000
_UNLESS_SAID: dict[str, Any] = {
    "total_steps": None,
    "step_unit": "update",
    "loss_kind": "batch",
    "begins": "start",
    "class_names": [],
    "input_shape": None,
    "network": None,
}


def registration_of(
    settings: WatchSettings, told: Mapping[str, Any], framework: str | None, total_steps: int | None
) -> dict[str, Any]:
    """Puts together what is said of a run.

    Args:
        told: what is known of the network, at least its `layers`.
        total_steps: as the script says; else what is told counts.
    """
    layers = [{**layer, "title": sendable_text(layer["title"])} for layer in told["layers"]]
    said = {
        **_UNLESS_SAID,
        "framework": framework,
        **told,
        "name": settings.name,
        "attempt": 1,
        "client": settings.client,
        "layers": layers[:MOST_LAYERS],
    }
    if settings.class_names:
        said["class_names"] = list(settings.class_names)
    if total_steps is not None:
        said["total_steps"] = total_steps
    return said
