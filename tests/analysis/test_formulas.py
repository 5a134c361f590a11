"""MathML that says what the text says."""

import re
import xml.etree.ElementTree as ET

import pytest

from app.analysis import beginning
from app.analysis.formulas import mathml_of
from app.engine.initializers import SCALED


def _read(element: ET.Element) -> str:
    parts = [_read(child) for child in element]
    match element.tag.rpartition("}")[2]:
        case "msqrt":
            return f"√({''.join(parts)})"
        case "mfrac":
            return f"{parts[0]} / {parts[1]}"
        case "mrow":
            return f"({''.join(parts)})"
        case "mo":
            return f" {element.text} "
        case _:
            return (element.text or "") + "".join(parts)


@pytest.mark.parametrize("name", SCALED)
def test_the_typeset_formula_is_the_written_one(name: str) -> None:
    told = _read(ET.fromstring(mathml_of(SCALED[name])))
    written = beginning(name, (3, 3, 1, 8)).formula.partition(", ")[0]
    assert re.sub(r"\s+", " ", told) == written
