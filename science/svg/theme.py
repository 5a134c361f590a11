"""The drawings' colours in both themes: the page's own, so that a label looks the same in both."""

from collections.abc import Mapping
from typing import Final

from app.vocabulary.palette import DARK, LABEL_TOKENS, LIGHT

LABEL_KIND: Final = LABEL_TOKENS

_FILLED = tuple(LABEL_KIND.values())
_USED = ("surface", "line", "ink", "ink3", "accent", "warn", *_FILLED)
_CURVES = {"first": "accent", "second": "warn", "third": "structured", "fourth": "ink3"}


def _variables(theme: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{theme[name]};" for name in _USED)


def _rules() -> str:
    font = '-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif'
    rules = [
        f"text{{font:12px {font};fill:var(--ink3)}}",
        "text.title{fill:var(--ink);font-weight:600;font-size:13px}",
        ".paper{fill:var(--surface)}",
        ".grid{stroke:var(--line);fill:none}",
        ".axis{stroke:var(--ink3);fill:none}",
        ".limit{stroke:var(--ink3);stroke-dasharray:4 3;fill:none}",
        ".between{stroke:var(--surface);stroke-width:1.5;fill:none}",
    ]
    rules += [f".{name}{{fill:var(--{name})}}" for name in _FILLED]
    for name, colour in _CURVES.items():
        curve = f"stroke:var(--{colour});fill:none;stroke-linejoin:round"
        rules += [
            f".{name}{{{curve};stroke-width:2}}",
            f".{name}-seed{{{curve};stroke-width:1;opacity:.35}}",
            f".{name}-dot{{fill:var(--{colour});fill-opacity:.6}}",
            f"text.{name}-name{{fill:var(--{colour});font-weight:600}}",
        ]
    return "".join(rules)


STYLE: Final = (
    f":root{{{_variables(LIGHT)}}}"
    f"@media(prefers-color-scheme:dark){{:root{{{_variables(DARK)}}}}}" + _rules()
)
