"""What filters are: noise, edges, lines, and how sure one can be.

    from app.analysis import judge_filters

Names are looked up when first used, so that `app.analysis.labels` can be read without NumPy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.analysis.change import change_from as change_from
    from app.analysis.judgement import FilterJudgement as FilterJudgement
    from app.analysis.judgement import judge_filters as judge_filters
    from app.analysis.null import Null as Null
    from app.analysis.null import null_of as null_of
    from app.analysis.plane import plane_test as plane_test

_HOME = {
    "FilterJudgement": "judgement",
    "Null": "null",
    "change_from": "change",
    "judge_filters": "judgement",
    "null_of": "null",
    "plane_test": "plane",
}

__all__ = ["FilterJudgement", "Null", "change_from", "judge_filters", "null_of", "plane_test"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
