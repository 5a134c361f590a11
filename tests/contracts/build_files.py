"""The Makefile's and the Dockerfile's steps, as far as the contract tests compare them."""

import json
import re
from typing import NamedTuple

from tests.contracts.repository import text_of


class Instruction(NamedTuple):
    """A Dockerfile instruction: `RUN`, and what it says on one line."""

    keyword: str
    value: str


def dockerfile() -> list[Instruction]:
    """All instructions of the Dockerfile in order, continued lines joined, comments dropped."""
    lines = [line for line in text_of("Dockerfile").splitlines() if not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    words = [line.partition(" ") for line in joined.splitlines() if line.strip()]
    return [Instruction(keyword, value.strip()) for keyword, _, value in words]


def values(keyword: str) -> list[str]:
    """What the Dockerfile says after each `keyword`, its arguments filled in."""
    steps = dockerfile()
    arguments = dict(step.value.split("=", 1) for step in steps if step.keyword == "ARG")
    found = [step.value for step in steps if step.keyword == keyword]
    return [
        re.sub(r"\$\{(\w+)\}", lambda name: arguments.get(name[1], name[0]), value)
        for value in found
    ]


def image_environment() -> dict[str, str]:
    """The variables that the image sets."""
    return dict(pair.split("=", 1) for value in values("ENV") for pair in value.split())


def image_command() -> list[str]:
    """What a container of the image runs."""
    command: list[str] = json.loads(values("CMD")[-1])
    return command


def make_targets() -> dict[str, str]:
    """Target → its recipe, variables filled in one level deep, for all rules of the Makefile."""
    text = re.sub(r"\\\n\s*", " ", text_of("Makefile"))
    variables = dict(re.findall(r"^(\w+)\s*[:?]?=\s*(.*)$", text, re.MULTILINE))
    recipes: dict[str, str] = {}
    for target, recipe in re.findall(
        r"^([^\s#:=]+):(?!=)[^\n]*\n((?:\t[^\n]*\n)*)", text, re.MULTILINE
    ):
        recipes[_filled(target, variables)] = _filled(recipe, variables)
    return recipes


def make_variable(name: str) -> str:
    """What the Makefile sets `name` to."""
    found = re.search(rf"^{name}\s*[:?]?=\s*(.*)$", text_of("Makefile"), re.MULTILINE)
    assert found, f"the Makefile sets no {name}"
    return found[1].strip()


def _filled(text: str, variables: dict[str, str]) -> str:
    for _ in range(3):
        text = re.sub(r"\$\((\w+)\)", lambda name: variables.get(name[1], name[0]), text)
    return text
