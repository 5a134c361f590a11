"""The verdicts on a layer's filters: the one list of them, from which all who pass them on derive.

The event that tells them, the answers of the interface, the tables, the arrays and the page's
modules take names, order and types from `FilterVerdicts`.
"""

from typing import Any, Final, get_args, get_origin

from pydantic import BaseModel, ConfigDict


class FilterVerdicts(BaseModel):
    """What each filter of a layer is, one entry a filter, and the layer as a whole.

    `orientation_degrees` is the direction in which the edge runs, counter-clockwise from the
    horizontal, in [0, 180): 0 is an edge that lies flat, and what nothing with a direction gets.
    `cycles_per_pixel` is the best template's spatial frequency, 0 for blobs and the constant.
    `change` is |W − W₀| / |W₀| against frame 0, `correlation` theirs, `norm` |W|. `since` is the
    step of the first snapshot from which on the filter has kept its present label.
    `layer_score` is the mean score, `oriented` the share labelled edge or line, and
    `template_r2` the explained share per family (edge, line, blob, flat). `rose` counts the
    oriented filters by direction, one bin for each 15°, the first about 0°. `near_duplicates` are
    pairs with their cosine, beyond ±.95, the closest first, at most as many as there are filters;
    `duplicate_pairs` is how many there are in all. One-channel 3×3 kernels have the plane test:
    `plane_p` and what it says of the layer.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    score: list[float]
    label: list[str]
    since: list[int]
    orientation_degrees: list[float]
    coherence: list[float]
    cycles_per_pixel: list[float]
    template_r2: list[tuple[float, float, float, float]]
    colour: list[str]
    norm: list[float]
    change: list[float]
    correlation: list[float]
    layer_score: float
    oriented: float
    counts: dict[str, int]
    rose: list[int]
    near_duplicates: list[tuple[int, int, float]]
    duplicate_pairs: int
    plane_p: list[float] | None = None
    plane_verdict: str | None = None


VERDICTS: Final[dict[str, Any]] = {
    name: field.annotation for name, field in FilterVerdicts.model_fields.items()
}
"""The type of each verdict by its name, in the order in which they are told."""

_OF_THE_LAYER: Final = frozenset(
    {"layer_score", "oriented", "counts", "rose", "near_duplicates", "duplicate_pairs"}
)
BY_FILTER: Final = tuple(
    name
    for name, field in FilterVerdicts.model_fields.items()
    if field.is_required() and name not in _OF_THE_LAYER
)
"""The verdicts that every judged layer has, with one entry a filter."""

COLUMNS: Final = tuple(
    name for name in BY_FILTER if get_origin(get_args(VERDICTS[name])[0]) is not tuple
)
"""Those of `BY_FILTER` whose entries are one number or one word."""

OF_ONE_SNAPSHOT: Final = tuple(name for name in BY_FILTER if name != "since")
"""Those of `BY_FILTER` that need no snapshot between frame 0 and the one they are about."""

OF_ANY_KERNEL: Final = ("norm", "change", "correlation")
"""Those that can be said of kernels of any size; the others need templates and chance."""

OF_ADDED: Final = (
    *("score", "label", "since", "orientation_degrees", "coherence", "cycles_per_pixel"),
    *("template_r2", "colour", "layer_score", "oriented", "counts", "likelihood"),
)
"""What is said of what training added to filters: verdicts, and how likely chance is to do it."""

_UNREAD = frozenset({"norm", "correlation", "rose", "duplicate_pairs", "plane_verdict"})
READ_BY_THE_PAGE: Final = tuple(name for name in VERDICTS if name not in _UNREAD)
"""Those that the page draws or says; it keeps no others, and neither does a page in one file."""
