"""The words for what a filter is, in the order in which they are stacked."""

from typing import Final

LABELS: Final = ("edge", "line", "blob", "flat", "structured", "noise", "dead")

# The template families, in the order of the columns of `template_r2`.
FAMILIES: Final = ("edge", "line", "blob", "flat")

# Edge against line is right about four times in five; that it is one of the two, far oftener.
ORIENTED: Final = frozenset({"edge", "line"})
