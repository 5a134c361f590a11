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
    `duplicate_pairs` is how many there are in all, missing where filters are too many to compare.
    One-channel 3×3 kernels have the plane test: `plane_p` and what it says of the layer.

    Of a layer that templates and chance can't judge there are `norm`, `change`, `correlation` and
    the near-duplicates alone, and nothing of one that holds NaN or infinity.
    """

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", allow_inf_nan=False)

    score: list[float] | None = None
    label: list[str] | None = None
    since: list[int] | None = None
    orientation_degrees: list[float] | None = None
    coherence: list[float] | None = None
    cycles_per_pixel: list[float] | None = None
    template_r2: list[tuple[float, float, float, float]] | None = None
    colour: list[str] | None = None
    norm: list[float] | None = None
    change: list[float] | None = None
    correlation: list[float] | None = None
    layer_score: float | None = None
    oriented: float | None = None
    counts: dict[str, int] | None = None
    rose: list[int] | None = None
    near_duplicates: list[tuple[int, int, float]] | None = None
    duplicate_pairs: int | None = None
    plane_p: list[float] | None = None
    plane_verdict: str | None = None


VERDICTS: Final[dict[str, Any]] = {
    name: get_args(field.annotation)[0] for name, field in FilterVerdicts.model_fields.items()
}
"""The type of each verdict by its name, in the order in which they are told."""

SHOWN_SMALL: Final = ("label", "orientation_degrees", "oriented", "counts")
"""What a page in few bytes tells of filters."""

_OF_THE_LAYER: Final = frozenset(
    {"layer_score", "oriented", "counts", "rose", "near_duplicates", "duplicate_pairs"}
)
OF_SMALL_KERNELS: Final = frozenset({"plane_p", "plane_verdict"})
"""Those that 3×3 kernels of one channel have beside the others."""

BY_FILTER: Final = tuple(name for name in VERDICTS if name not in _OF_THE_LAYER | OF_SMALL_KERNELS)
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
