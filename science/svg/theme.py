"""The drawings' colours in both themes: the page's own, so that a label looks the same in both."""

from typing import Final

_LIGHT: Final = {
    "surface": "#ffffff",
    "line": "#e3e3df",
    "ink": "#17181c",
    "ink3": "#666a73",
    "accent": "#0b5cd5",
    "warn": "#b35c00",
    "edge": "#1b4b9e",
    "line-label": "#55aee6",
    "blob": "#f0a51e",
    "flat": "#f3e3b5",
    "structured": "#b4527a",
    "noise": "#bcc0c7",
    "dead": "#17181c",
}
_DARK: Final = {
    "surface": "#18191d",
    "line": "#2b2d33",
    "ink": "#f0f0ee",
    "ink3": "#9397a1",
    "accent": "#7fb2ff",
    "warn": "#f2b65c",
    "edge": "#4f8bf5",
    "line-label": "#9ad4ff",
    "blob": "#f2b134",
    "flat": "#8a7a52",
    "structured": "#d0709a",
    "noise": "#4b4e57",
    "dead": "#f4f4f2",
}

LABEL_KIND: Final = {
    "edge": "edge",
    "line": "line-label",
    "blob": "blob",
    "flat": "flat",
    "structured": "structured",
    "noise": "noise",
    "dead": "dead",
}

_FILLED = tuple(LABEL_KIND.values())
_CURVES = {"first": "accent", "second": "warn", "third": "structured", "fourth": "ink3"}


def _variables(colours: dict[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())


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
    f":root{{{_variables(_LIGHT)}}}"
    f"@media(prefers-color-scheme:dark){{:root{{{_variables(_DARK)}}}}}" + _rules()
)
