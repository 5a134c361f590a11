"""docs/science.md, from its template and the study's figures."""

import re
from pathlib import Path
from typing import Any, Final

from science.facts import facts_of

TEMPLATE: Final = Path(__file__).with_name("science.template.md")
_BLANK: Final = re.compile(r"\{\{(\w+)\}\}")


def write(figures: dict[str, Any]) -> str:
    """Writes the page's text.

    Raises:
        ValueError: the template names a fact that there isn't, or doesn't name one that there is.
    """
    template = TEMPLATE.read_text(encoding="utf-8")
    facts = facts_of(figures)
    named = set(_BLANK.findall(template))
    if named != set(facts):
        raise ValueError(
            f"{TEMPLATE.name} and the facts disagree about {sorted(named ^ set(facts))}"
        )
    return _BLANK.sub(lambda blank: facts[blank[1]], template)
