"""What filters are: noise, edges, lines, and how sure one can be.

    from app.analysis import judge_filters

The words for it are in `app.vocabulary.labels`.
"""

from .added import Added, added_since, chance_of, likelihood
from .any_kernel import filters_of
from .beginnings import Beginning, beginning
from .change import Origin, change_from
from .columns import Columns, columns_of
from .door import may_judge
from .expanded import expanded_weights
from .fields import ReceptiveField, path_to, receptive_field
from .judgement import FilterJudgement, judge, judge_filters, unjudged
from .kinship import near_duplicates, orientation_rose
from .null import Null, null_of
from .plane import plane_test, plane_verdict
from .top_patches import TopPatches, cut_patch, find_top_patches
from .trunk import Trunk
from .verdict import least_norm_of, weak_ones

__all__ = [
    "Added",
    "Beginning",
    "Columns",
    "FilterJudgement",
    "Null",
    "Origin",
    "ReceptiveField",
    "TopPatches",
    "Trunk",
    "added_since",
    "beginning",
    "chance_of",
    "change_from",
    "columns_of",
    "cut_patch",
    "expanded_weights",
    "filters_of",
    "find_top_patches",
    "judge",
    "judge_filters",
    "least_norm_of",
    "likelihood",
    "may_judge",
    "near_duplicates",
    "null_of",
    "orientation_rose",
    "path_to",
    "plane_test",
    "plane_verdict",
    "receptive_field",
    "unjudged",
    "weak_ones",
]
