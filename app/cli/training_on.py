"""`--without conv1=15` and RUN@STEP: filters that are held at 0, and a run to go on from."""

from collections.abc import Iterable
from typing import Any

from .overrides import value_of


def filters_without(texts: Iterable[str]) -> dict[str, list[int]]:
    """Returns the filters of each layer that are held at 0, as a recipe has them.

    Raises:
        ValueError: one of the texts isn't LAYER=FILTERS.
    """
    without: dict[str, list[int]] = {}
    for text in texts:
        layer, _, listed = text.partition("=")
        filters = listed.split(",")
        if not layer or not all(one.isascii() and one.isdecimal() for one in filters):
            raise ValueError(f"--without takes LAYER=FILTERS, as in conv1=1,12; not {text!r}")
        without.setdefault(layer, []).extend(map(int, filters))
    return without


def training_on(
    place: str, without: dict[str, list[int]], overrides: Iterable[str]
) -> tuple[str, dict[str, Any]]:
    """Returns where and with what to ask for a run that goes on from RUN@STEP.

    Raises:
        ValueError: that names no run and step, or something else than its length is to change.
    """
    run, _, step = place.partition("@")
    if not run.isalnum() or not step.isalnum():
        raise ValueError(f"{place!r} names no run and step: say RUN@STEP, as in latest@60")
    asked: dict[str, Any] = {"without": without} if without else {}
    for override in overrides:
        field, _, text = override.partition("=")
        if field != "steps":
            raise ValueError(f"{place} is trained on as it is: only steps can be set, not {field}")
        asked["total_steps"] = value_of(text)
    return f"/api/runs/{run}/snapshots/{step}/runs", asked
