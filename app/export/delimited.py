"""How a table is written: which sign stands between columns, and which before decimals.

Spreadsheets go by the country that they are set to: in much of the world a comma stands before
decimals, and a semicolon between columns.
"""

import csv
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, TextIO

Decimal = Literal["point", "comma"]
Separator = Literal[",", ";", "tab"]


class Delimited(NamedTuple):
    """The two signs of a table; a comma can't be both."""

    decimal: Decimal = "point"
    separator: Separator = ","

    @classmethod
    def asked(cls, decimal: Decimal, separator: Separator | None) -> "Delimited":
        """Gives the table that was asked for; unsaid, what suits stands between columns.

        Raises:
            ValueError: both are a comma, with the way out.
        """
        if decimal == "point":
            return cls(decimal, separator or ",")
        if separator == ",":
            raise ValueError(
                "With decimal=comma, sep is , too, so columns couldn't be told apart; "
                "ask for sep=; or sep=tab"
            )
        return cls(decimal, separator or ";")

    @property
    def delimiter(self) -> str:
        """The sign between columns."""
        return "\t" if self.separator == "tab" else self.separator

    def write(self, file: TextIO, rows: Iterable[Iterable[Any]]) -> None:
        """Writes rows, one a line."""
        table = csv.writer(file, delimiter=self.delimiter, lineterminator="\n")
        if self.decimal == "point":
            table.writerows(rows)
        else:
            table.writerows(map(_with_commas, rows))


def _with_commas(row: Iterable[Any]) -> list[Any]:
    return [repr(cell).replace(".", ",") if isinstance(cell, float) else cell for cell in row]
