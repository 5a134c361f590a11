"""A line of the table: what was measured, what it may be, and what it is here."""

from typing import NamedTuple


class Row(NamedTuple):
    """`holds` is None where there is a figure but no budget for it."""

    what: str
    budget: str
    measured: str
    holds: bool | None = None

    def __str__(self) -> str:
        verdict = {True: "holds", False: "MISSED", None: ""}[self.holds]
        return f"{self.what:<58} {self.budget:<22} {self.measured:<34} {verdict}"


HEADING = f"{'what':<58} {'budget':<22} {'measured':<34}"


def milliseconds(seconds: float) -> str:
    """Writes milliseconds for people: three digits at most."""
    return f"{1000 * seconds:.{0 if seconds >= 0.1 else 1 if seconds >= 0.01 else 2}f} ms"


def percentile(values: list[float], percent: float) -> float:
    """Gives the smallest of `values` that at least `percent` of them don't exceed (nearest
    rank).
    """
    ordered = sorted(values)
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(0, int(rank) - 1)]
