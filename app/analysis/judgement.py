"""The edge metric: a score, a label and a direction for every filter of a layer.

The score asks two questions at once, for either alone is fooled: does an ideal edge or line
explain the filter better than it explains noise, and does the filter keep to one direction?
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..vocabulary.labels import FAMILIES, LABELS, ORIENTED
from .columns import Columns, Floats, Kernels, columns_of
from .measures import fit_templates, structure
from .null import Null, null_of
from .templates import SMALLEST_SIZE, bank_of
from .verdict import (
    COLOURS,
    Codes,
    colour_of,
    label_of,
    runs_at,
    score_of,
    weak_ones,
)

_LABEL_WORDS, _COLOUR_WORDS = np.array(LABELS), np.array(COLOURS)
_IS_ORIENTED = np.array([label in ORIENTED for label in LABELS])
_COLOUR_CHANNELS = 3
_TOLD = (
    *("score", "label", "orientation_degrees", "coherence", "cycles_per_pixel", "template_r2"),
    *("colour", "norm"),
)


@dataclass(frozen=True, slots=True)
class FilterJudgement:
    """What each filter of a layer is; arrays of shape (filters,) unless said.

    Of several layers judged in one go every array has their axis first.

    Attributes:
        score: edge score, float64 in [0, 1].
        label_code: intp, the label's place in `app.vocabulary.labels.LABELS`; `label` is the word.
        template_r2: float64 (filters, 4), explained share of edge, line, blob, flat.
        coherence: float64 in [0, 1]; 1 is one single direction.
        orientation_degrees: float64 in [0, 180), the direction along which an edge or line runs
            (its gradient's plus 90°), counter-clockwise from the horizontal as one sees it, though
            image rows grow downwards; 0 where nothing has a direction.
        colour_code: intp, the place in `app.analysis.verdict.COLOURS` of "achromatic", "opponent"
            or "mixed" for filters of three channels labelled edge, line, blob or flat, of "" for
            others; `colour` is the word.
        template: intp, the best template's column in `app.analysis.templates.bank_of(size)`.
        cycles_per_pixel: float64, spatial frequency of that template; 0 for blobs and the constant.
        norm: ‖W‖, of all its weights.
        judgeable: False for kernels of 1×1 and 2×2, where nothing can be said: they get the label
            noise, score and coherence 0.
    """

    score: Floats
    label_code: Codes
    template_r2: Floats
    coherence: Floats
    orientation_degrees: Floats
    colour_code: Codes
    template: NDArray[np.intp]
    cycles_per_pixel: Floats
    norm: Floats
    judgeable: bool = True

    @property
    def label(self) -> NDArray[np.str_]:
        """The word for each filter."""
        return _LABEL_WORDS[self.label_code]

    @property
    def colour(self) -> NDArray[np.str_]:
        """The word for each filter's colour, "" where it has none."""
        return _COLOUR_WORDS[self.colour_code]

    def by_filter(self) -> dict[str, NDArray[Any]]:
        """Gives what is told of each filter, by the name under which `app.verdicts` tells it."""
        return {name: getattr(self, name) for name in _TOLD}

    @property
    def is_oriented(self) -> NDArray[np.bool_]:
        """Which filters are labelled edge or line."""
        return _IS_ORIENTED[self.label_code]

    @property
    def label_counts(self) -> NDArray[np.intp]:
        """How many filters bear each label, (7,), in the order of `LABELS`."""
        return tally(self.label_code, len(LABELS))

    @property
    def layer_score(self) -> float:
        """Mean score of all filters."""
        return float(self.score.sum()) / self.score.size

    @property
    def oriented(self) -> float:
        """Share of all filters labelled edge or line."""
        return float(self.is_oriented.sum()) / self.score.size

    @property
    def counts(self) -> dict[str, int]:
        """How many of one layer's filters bear each label, all seven, by the word."""
        return dict(zip(LABELS, self.label_counts.tolist(), strict=True))

    def of_the_layer(self) -> dict[str, Any]:
        """Gives what is told of one layer as a whole, by the name it is told under."""
        names = ("layer_score", "oriented", "counts")
        return {name: getattr(self, name) for name in names}


def tally(codes: Codes, kinds: int) -> NDArray[np.intp]:
    """Counts how often each of so many codes comes up in a layer: (..., kinds) of (...,
    filters).
    """
    layers, filters = codes.shape[:-1], codes.shape[-1]
    by_layer = codes.reshape(-1, filters)
    apart = by_layer + kinds * np.arange(len(by_layer))[:, None]
    return np.bincount(apart.ravel(), minlength=kinds * len(by_layer)).reshape(*layers, kinds)


def judge_filters(
    kernels: Kernels,
    null: Null | None = None,
    cache_folder: Path | None = None,
    least_norm: float = 0.0,
) -> FilterJudgement:
    """Judges every filter of a layer against what chance does.

    score = clip((max(R_edge, R_line) − m) / (1 − m), 0, 1) · clip((coherence − c̃) / (1 − c̃), 0, 1)
    with m and c̃ the medians on random kernels. A filter's label is the family of the largest R
    among those above their thresholds, edge and line only if its coherence passes the gate;
    "structured" if only that gate stood in the way, "dead" if its RMS is below a tenth of the
    layer's median or its norm is `least_norm` at most, else "noise".

    Args:
        kernels: HWIO float32 (size, size, channels, filters).
        null: figures of chance for this size and channel count; looked up when left out.
        cache_folder: where computed nulls are kept.
        least_norm: filters whose norm isn't above it are dead, however weak the others are.

    Raises:
        ValueError: not four axes, not square, empty, or not finite.
    """
    _check(kernels)
    return judge(columns_of(kernels), null, cache_folder, least_norm)


def judge(
    columns: Columns,
    null: Null | None = None,
    cache_folder: Path | None = None,
    least_norm: float = 0.0,
) -> FilterJudgement:
    """Judges layers whose columns are known, and known to be finite, as `judge_filters` does."""
    size, _, channels, _ = columns.shape
    if size < SMALLEST_SIZE:
        return _nothing_to_say(columns.norm)
    null = null or null_of(size, channels, cache_folder)
    fit, (coherence, angle) = fit_templates(columns), structure(columns)
    family, label = label_of(fit.r2, coherence, weak_ones(columns.norm, least_norm).ravel(), null)
    each = np.arange(len(label))
    template = fit.template[family, each]
    colour = np.zeros(len(label), np.intp)
    if channels == _COLOUR_CHANNELS:
        colour = colour_of(fit.amplitude[:, family, each], label)
    shape = columns.norm.shape
    return FilterJudgement(
        score=score_of(fit.r2, coherence, null).reshape(shape),
        label_code=label.reshape(shape),
        template_r2=fit.r2.T.reshape(*shape, len(FAMILIES)),
        coherence=coherence.reshape(shape),
        orientation_degrees=runs_at(angle, coherence).reshape(shape),
        colour_code=colour.reshape(shape),
        template=template.reshape(shape),
        cycles_per_pixel=bank_of(size).cycles_per_pixel[template].reshape(shape),
        norm=columns.norm,
    )


def unjudged(kernels: Kernels) -> FilterJudgement:
    """Gives what stands for a judgement where templates and chance say nothing: norms alone."""
    return _nothing_to_say(columns_of(kernels).norm)


def _check(kernels: Kernels) -> None:
    if kernels.ndim != 4 or kernels.shape[0] != kernels.shape[1] or 0 in kernels.shape:
        raise ValueError(
            f"kernels have shape {kernels.shape}; (size, size, channels, filters) with a square, "
            "non-empty kernel is what can be judged"
        )
    if not np.isfinite(kernels).all():
        broken = np.flatnonzero(~np.isfinite(kernels).all(axis=(0, 1, 2)))
        raise ValueError(f"filters {broken.tolist()} hold NaN or infinity: nothing to judge")


def _nothing_to_say(norm: Floats) -> FilterJudgement:
    zeros, codes = np.zeros(norm.shape), np.zeros(norm.shape, np.intp)
    return FilterJudgement(
        score=zeros,
        label_code=np.full(norm.shape, LABELS.index("noise")),
        template_r2=np.zeros((*norm.shape, len(FAMILIES))),
        coherence=zeros,
        orientation_degrees=zeros,
        colour_code=codes,
        template=codes,
        cycles_per_pixel=zeros,
        norm=norm,
        judgeable=False,
    )
