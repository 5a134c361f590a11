"""Which parameters of an export mean something for which format."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Query

from ..export.delimited import Decimal, Delimited, Separator
from ..export.material import CHARTS, FILMS, NETWORKS, PICTURES, Format, View
from .problems import Problem

DecimalSign = Annotated[
    Decimal, Query(description="of a table: before decimals, for spreadsheets set to a comma")
]
ColumnSeparator = Annotated[
    Separator | None,
    Query(description="of a table: between columns; `;` unless said where decimals have a comma"),
]
_CONCERNS: dict[str, frozenset[Format]] = {
    "layer": PICTURES | {"csv", "npz"},
    "scale": PICTURES,
    "width": PICTURES,
    "step": PICTURES | NETWORKS,
    "seconds": FILMS,
    "frames": FILMS | {"html"},
    "table": frozenset({"csv"}),
    "view": PICTURES,
    "background": frozenset({"png", "svg"}),
    "decimal": frozenset({"csv"}),
    "sep": frozenset({"csv"}),
}
# What is meant when nothing is said: generated clients say all of it with every request.
_USUAL: dict[str, frozenset[str]] = {
    "scale": frozenset({"shared"}),
    "frames": frozenset({"80"}),
    "seconds": frozenset({"8", "8.0"}),
    "table": frozenset({"filters"}),
    "view": frozenset({"filters"}),
    "background": frozenset({"white"}),
    "decimal": frozenset({"point"}),
}
_OF_FILTERS = ("layer", "scale", "step", "frames", "seconds")


def check_concerns(given: Mapping[str, str], kind: Format, view: View) -> None:
    """Refuses what has no meaning for the format, rather than passing over it in silence.

    Args:
        given: the parameters that were said; those with their usual value say nothing.
    """
    given = {name: text for name, text in given.items() if text not in _USUAL.get(name, ())}
    if view != "filters" and kind in PICTURES - CHARTS:
        message = f"A chart can be had as {' or '.join(sorted(CHARTS))}, not as {kind}."
        raise Problem(422, "invalid", message, field="format")
    for name, kinds in _CONCERNS.items():
        if name in given and kind not in kinds:
            meant = ", ".join(sorted(kinds))
            message = f"{name} means something for {meant} only; leave it out for {kind}."
            raise Problem(422, "invalid", message, field=name)
    if "background" in given and kind == "png" and view == "filters" and "step" not in given:
        message = "A film keeps its paper; say step=latest, or another, for a single picture."
        raise Problem(422, "invalid", message, field="background")
    for name in _OF_FILTERS:
        if view != "filters" and name in given:
            message = f"{name} is about pictures of filters; leave it out for view={view}."
            raise Problem(422, "invalid", message, field=name)


def table_style(decimal: Decimal, separator: Separator | None) -> Delimited:
    """Says how a table is written; refuses a comma that would be both signs."""
    try:
        return Delimited.asked(decimal, separator)
    except ValueError as why:
        raise Problem(422, "invalid", f"{why}.", field="sep") from None
