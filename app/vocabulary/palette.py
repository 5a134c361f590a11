"""The page's colours, in light and in dark: the only place where one is chosen.

The page's style sheet, its modules, the exports and the study's figures take them from here.
"""

from typing import Final

from .labels import LABELS

LABEL_TOKENS: Final = {label: "line-label" if label == "line" else label for label in LABELS}
"""A label's colour by its name in `LIGHT` and `DARK`; `line` itself is the colour of rules."""

LIGHT: Final = {
    "bg": "#fbfbfa",
    "surface": "#ffffff",
    "sunken": "#f3f3f1",
    "line": "#e3e3df",
    "control": "#85878d",
    "ink": "#17181c",
    "ink2": "#4b4e56",
    "ink3": "#666a73",
    "accent": "#0b5cd5",
    "ok": "#1a7340",
    "warn": "#8a5300",
    "danger": "#b42318",
    "adds": "#bd5f23",
    "takes": "#1b4b9e",
    "filled": "#17181c",
    "filled-hover": "#33353c",
    "on-filled": "#ffffff",
    "edge": "#1b4b9e",
    "line-label": "#55aee6",
    "blob": "#f0a51e",
    "flat": "#f3e3b5",
    "structured": "#b4527a",
    "noise": "#bcc0c7",
    "dead": "#17181c",
    "on-edge": "#ffffff",
    "on-line-label": "#17181c",
    "on-blob": "#17181c",
    "on-flat": "#17181c",
    "on-structured": "#ffffff",
    "on-noise": "#17181c",
    "on-dead": "#ffffff",
}

DARK: Final = {
    "bg": "#111215",
    "surface": "#18191d",
    "sunken": "#0c0d0f",
    "line": "#2b2d33",
    "control": "#777b85",
    "ink": "#f0f0ee",
    "ink2": "#b9bcc4",
    "ink3": "#9397a1",
    "accent": "#7fb2ff",
    "ok": "#6fd39a",
    "warn": "#f2b65c",
    "danger": "#ff8f85",
    "adds": "#e8965a",
    "takes": "#7aa7f5",
    "filled": "#f0f0ee",
    "filled-hover": "#d3d3d0",
    "on-filled": "#111215",
    "edge": "#4f8bf5",
    "line-label": "#9ad4ff",
    "blob": "#f2b134",
    "flat": "#8a7a52",
    "structured": "#d0709a",
    "noise": "#4b4e57",
    "dead": "#f4f4f2",
    "on-edge": "#111215",
    "on-line-label": "#111215",
    "on-blob": "#111215",
    "on-flat": "#111215",
    "on-structured": "#111215",
    "on-noise": "#ffffff",
    "on-dead": "#111215",
}

# Of weights, in both themes: the most negative first, 0 in the middle.
WEIGHT_STOPS: Final = (
    *("#0d254d", "#174a92", "#4182ce", "#94c2f3", "#f5f5f5"),
    *("#ecb073", "#bd6526", "#7e330a", "#421808"),
)
WEIGHT_LEVELS: Final = 511

GROUND: Final = {"light": LIGHT["bg"], "dark": DARK["bg"]}
"""What the browser paints around the page."""
