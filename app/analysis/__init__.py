"""What filters are: noise, edges, lines, and how sure one can be.

    from app.analysis import judge_filters

Names are looked up when first used, so that `app.analysis.labels` can be read without NumPy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .beginnings import Beginning as Beginning
    from .beginnings import beginning as beginning
    from .change import Origin as Origin
    from .change import change_from as change_from
    from .columns import Columns as Columns
    from .columns import columns_of as columns_of
    from .expanded import expanded_weights as expanded_weights
    from .fields import ReceptiveField as ReceptiveField
    from .fields import path_to as path_to
    from .fields import receptive_field as receptive_field
    from .judgement import FilterJudgement as FilterJudgement
    from .judgement import judge as judge
    from .judgement import judge_filters as judge_filters
    from .judgement import unjudged as unjudged
    from .kinship import near_duplicates as near_duplicates
    from .kinship import orientation_rose as orientation_rose
    from .null import Null as Null
    from .null import null_of as null_of
    from .plane import plane_test as plane_test
    from .plane import plane_verdict as plane_verdict
    from .top_patches import TopPatches as TopPatches
    from .top_patches import cut_patch as cut_patch
    from .top_patches import find_top_patches as find_top_patches
    from .trunk import Trunk as Trunk

_HOMES = {
    "beginnings": ("Beginning", "beginning"),
    "change": ("Origin", "change_from"),
    "columns": ("Columns", "columns_of"),
    "expanded": ("expanded_weights",),
    "judgement": ("FilterJudgement", "judge", "judge_filters", "unjudged"),
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
