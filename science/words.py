"""Figures as a reader meets them: shares, means with their spread, verdicts, tables."""

from collections.abc import Iterable, Sequence

import numpy as np

from science.reference import Expected


def decimal(value: float, places: int = 3) -> str:
    """Writes a number with so many places after the point.

    >>> decimal(0.48951)
    '0.490'
    """
    return f"{value:.{places}f}"


def percent(share: float, places: int = 1) -> str:
    """Writes a share in percent, a whole number where it is one.

    >>> percent(0.0056), percent(0.25)
    ('0.6 %', '25 %')
    """
    return f"{100 * share:.{places}f}".removesuffix("." + "0" * places) + " %"


def percents(low: float, high: float) -> str:
    """Writes a range of shares.

    >>> percents(0.71, 0.88)
    '71 to 88 %'
    """
    return f"{percent(low).removesuffix(' %')} to {percent(high)}"


def spread(values: Sequence[float], places: int = 3) -> str:
    """Writes mean ± standard deviation of a sample.

    >>> spread([0.4, 0.5, 0.6])
    '0.500 ± 0.100'
    """
    return f"{np.mean(values):.{places}f} ± {np.std(values, ddof=1):.{places}f}"


def place(values: Sequence[float]) -> str:
    """Says which of several the first is, counted from the highest.

    >>> place([0.5, 0.7, 0.4])
    '2nd of 3'
    """
    above = sum(value > values[0] for value in values)
    ending = {0: "st", 1: "nd", 2: "rd"}.get(above, "th") if above < 20 else "th"
    return f"{above + 1}{ending} of {len(values)}"


def expected(reference: Expected) -> str:
    """Writes the reference's figure, with all that it may move by."""
    text = decimal(reference.mean)
    if reference.deviation is not None:
        text += f" ± {decimal(reference.deviation)}"
    return text


def verdict(reference: Expected, value: float) -> str:
    """Tells whether `value` is what the reference lets one expect, in a word."""
    return {True: "inside", False: "**outside**", None: "no spread known"}[reference.holds(value)]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Writes a Markdown table; its first column is text, the others are numbers."""
    lines = [head, [":--", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
