"""Reads which other sites' pages may show what is here."""

import re
from collections.abc import Sequence
from typing import Final

_ORIGIN: Final = re.compile(r"(https?)://([a-z0-9_-]+(?:\.[a-z0-9_-]+)*)(?::([0-9]{1,5}))?/?")
_USUAL_PORTS: Final = {"http": "80", "https": "443"}


def embedding(name: str, given: Sequence[str]) -> tuple[bool, tuple[str, ...]]:
    """Reads what was given under `name`: whether all may show pictures, and who may show runs.

    Args:
        name: of the variable or option.
        given: `yes`, `no` and origins, in each several with commas between.

    Raises:
        ValueError: naming what it is instead.
    """
    words = [word for text in given for one in text.split(",") if (word := one.strip())]
    origins = [_origin(name, word) for word in words if word not in ("yes", "no")]
    return "yes" in words, tuple(dict.fromkeys(origins))


def _origin(name: str, word: str) -> str:
    found = _ORIGIN.fullmatch(word.lower())
    if not found or (found[3] and int(found[3]) > 65535):
        raise ValueError(
            f"{name} must be yes or no, or origins such as https://course.example with commas "
            f"between (scheme, name, and a port if it isn't the usual one), not {word!r}"
        )
    scheme, host, port = found.groups()
    return (
        f"{scheme}://{host}:{port}"
        if port and port != _USUAL_PORTS[scheme]
        else f"{scheme}://{host}"
    )
