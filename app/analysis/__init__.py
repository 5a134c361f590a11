"""What filters are: noise, edges, lines, and how sure one can be.

    from app.analysis import judge_filters

Names are looked up when first used, so that `app.analysis.labels` can be read without NumPy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.analysis.beginnings import Beginning as Beginning
    from app.analysis.beginnings import beginning as beginning
    from app.analysis.change import Origin as Origin
    from app.analysis.change import change_from as change_from
    from app.analysis.columns import Columns as Columns
    from app.analysis.columns import columns_of as columns_of
    from app.analysis.expanded import expanded_weights as expanded_weights
    from app.analysis.fields import ReceptiveField as ReceptiveField
    from app.analysis.fields import path_to as path_to
    from app.analysis.fields import receptive_field as receptive_field
    from app.analysis.judgement import FilterJudgement as FilterJudgement
    from app.analysis.judgement import judge as judge
    from app.analysis.judgement import judge_filters as judge_filters
    from app.analysis.kinship import near_duplicates as near_duplicates
    from app.analysis.kinship import orientation_rose as orientation_rose
    from app.analysis.null import Null as Null
    from app.analysis.null import null_of as null_of
    from app.analysis.plane import plane_test as plane_test
    from app.analysis.plane import plane_verdict as plane_verdict
    from app.analysis.top_patches import TopPatches as TopPatches
    from app.analysis.top_patches import cut_patch as cut_patch
    from app.analysis.top_patches import find_top_patches as find_top_patches
    from app.analysis.trunk import Trunk as Trunk

_HOMES = {
    "beginnings": ("Beginning", "beginning"),
    "change": ("Origin", "change_from"),
    "columns": ("Columns", "columns_of"),
    "expanded": ("expanded_weights",),
    "judgement": ("FilterJudgement", "judge", "judge_filters"),
    "kinship": ("near_duplicates", "orientation_rose"),
    "null": ("Null", "null_of"),
    "plane": ("plane_test", "plane_verdict"),
    "fields": ("ReceptiveField", "path_to", "receptive_field"),
    "top_patches": ("TopPatches", "cut_patch", "find_top_patches"),
    "trunk": ("Trunk",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
