"""Writes what the page must know as the server does: `python -m app.contract`.

Kinds of events, labels, verdicts, colours, steps of an axis, sentences, all that a recipe can say:
said here in Python, and written into modules and a style sheet that the page's own files import.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, get_args, get_origin

from . import glossary
from .events import ALIVE, DAMAGED, KINDS, LAST_KINDS, LIVE, RESET, Status
from .page_files import STATIC
from .recipe import catalogue
from .stretched import AXIS_STEPS, BINS_PER_UNIT, ROUND_STEPS
from .verdicts import OF_SMALL_KERNELS, READ_BY_THE_PAGE, VERDICTS
from .vocabulary import palette, sentences
from .vocabulary.labels import FAMILIES, LABELS, ORIENTED
from .vocabulary.optimizers import LINEAR_END

MODULE: Final = STATIC / "js/contract.js"
CATALOGUE: Final = STATIC / "js/recipe_catalogue.js"
STYLES: Final = STATIC / "css/colours.css"

_WIDTH = 110  # of a line, as Prettier lays out the page's other files
_WRITTEN = "Written by `python -m app.contract` from what the server says; change it there."


class _Set(tuple[str, ...]):
    """Words that the page asks for membership alone, in a fixed order."""


_CATALOGUE_TYPES = """\
/**
 * @typedef {object} Setting  One field of a recipe, and what it may be.
 * @property {string} name  in a recipe
 * @property {string} label  as people read it
 * @property {string} hint
 * @property {"integer" | "number" | "choice" | "switch" | "start"} kind
 * @property {number} [minimum]
 * @property {number} [maximum]
 * @property {number} [above]  not itself allowed
 * @property {number} [below]  not itself allowed
 * @property {[string, string][]} [choices]  a word and what it is called
 * @property {number[]} [quick]  values worth one click
 * @property {unknown} default
 * @property {unknown} start  what something new begins with
 * @property {boolean} required
 *
 * @typedef {{type: string, title: string, settings: Setting[]}} Kind
 * @typedef {Kind & {new: Record<string, unknown>}} LayerKind
 * @typedef {Kind & {suits: [number, number], rate: number, measured: Record<string, number>}}
 *   OptimizerKind  `rate` did well with the other settings as `measured`, as those in `suits` did
 * @typedef {{name: string, title: string, shape: [number, number, number], classes: number,
 *   train_size: number}} DatasetKind
 * @typedef {{name: string, title: string, smallest: number}} BankKind
 */
"""


def main() -> None:
    """Replaces the files."""
    MODULE.write_text(module(), encoding="utf-8")
    CATALOGUE.write_text(catalogue_module(), encoding="utf-8")
    STYLES.write_text(styles(), encoding="utf-8")
    glossary.FILE.write_text(glossary.text(), encoding="utf-8")


def module() -> str:
    """Gives the text of the module: a constant, and where it lists words a type, for each fact."""
    parts = [f"// @ts-check\n// {_WRITTEN}\n"]
    for about, name, value, word in _facts():
        kept = " @type {ReadonlySet<string>}" if isinstance(value, _Set) else ""
        parts.append(f"/** {about}{kept} */\n{_constant(name, value)}")
        if word:
            of = "" if isinstance(value, tuple) else "keyof "
            index = "[number]" if isinstance(value, tuple) else ""
            parts.append(f"/** @typedef {{{of}typeof {name}{index}}} {word} */\n")
    parts.append(_verdicts())
    return "\n".join(parts)


def catalogue_module() -> str:
    """Gives the text of the module that the builder needs: all that a recipe can say."""
    listed = (
        ("Every kind of layer.", "LAYER_KINDS", "LayerKind", catalogue.layer_catalogue()),
        ("Every optimiser.", "OPTIMIZER_KINDS", "OptimizerKind", catalogue.optimizer_catalogue()),
        ("What one can train for.", "OBJECTIVE_KINDS", "Kind", catalogue.objective_catalogue()),
        ("What else a recipe says.", "RECIPE_SETTINGS", "Setting", catalogue.recipe_catalogue()),
        ("Every data set.", "DATASET_KINDS", "DatasetKind", catalogue.dataset_catalogue()),
        ("Banks to begin with.", "BANK_KINDS", "BankKind", catalogue.bank_catalogue()),
    )
    parts = [f"// @ts-check\n// {_WRITTEN}\n", _CATALOGUE_TYPES]
    for about, name, kind, value in listed:
        told = json.dumps(value, indent=1, ensure_ascii=False)
        parts.append(f"/** {about} @type {{{kind}[]}} */\nexport const {name} = {told};\n")
    about = "The share of the first rate that a linear schedule ends with."
    parts.append(f"/** {about} */\nexport const LINEAR_END = {LINEAR_END};\n")
    return "\n".join(parts)


def styles() -> str:
    """Gives the text of the style sheet: each colour as a variable, light and dark.

    The dark ones hold where the system asks for them, unless the page's own switch says otherwise;
    paper is light.
    """
    dark = _variables(palette.DARK, indent=4)
    return (
        f"/* {_WRITTEN} */\n:root {{\n{_variables(palette.LIGHT, indent=2)}}}\n\n"
        f'@media screen {{\n  [data-theme="dark"] {{\n{dark}  }}\n}}\n\n'
        "@media screen and (prefers-color-scheme: dark) {\n"
        f'  :root:not([data-theme="light"]) {{\n{dark}  }}\n}}\n'
    )


def _facts() -> list[tuple[str, str, Any, str | None]]:
    """Lists what is said of each constant, its name and value, and the type of its words."""
    live = _Set(status for status in get_args(Status) if status in LIVE)
    last = _Set(kind for kind in KINDS if kind in LAST_KINDS)
    oriented = _Set(label for label in LABELS if label in ORIENTED)
    return [
        ("The kinds of events that a run's stream tells.", "EVENT_KINDS", KINDS, "EventKind"),
        ("After these a run tells no more.", "LAST_KINDS", last, None),
        ("Some of what was told is no more; the rest is told anew.", "RESET", RESET, None),
        ("What follows can't be read any more; a stream's last word.", "DAMAGED", DAMAGED, None),
        ("Nothing happened for a while, and the stream goes on.", "ALIVE", ALIVE, None),
        ("What a run can be.", "STATUSES", get_args(Status), "Status"),
        ("Of these, the ones in which it may still train.", "LIVE_STATUSES", live, None),
        ("What a filter can be called, in the order of the stack.", "LABELS", LABELS, "Label"),
        ("Those of the filters that see edges or lines.", "ORIENTED_LABELS", oriented, None),
        ("The ideals, in the order of `template_r2`.", "FAMILIES", FAMILIES, "Family"),
        ("What the page reads of a snapshot's verdicts.", "VERDICTS", READ_BY_THE_PAGE, None),
        ("The style sheet's variable of each label.", "LABEL_TOKENS", palette.LABEL_TOKENS, None),
        ("Colours of weights, the most negative first.", "STOPS", palette.WEIGHT_STOPS, None),
        ("How many colours lie between the ends.", "LEVELS", palette.WEIGHT_LEVELS, None),
        ("The axis is log(1 + step / this).", "AXIS_STEPS", AXIS_STEPS, None),
        (
            "Bins of a curve that lie between two places a unit apart.",
            "BINS_PER_UNIT",
            BINS_PER_UNIT,
            None,
        ),
        ("Steps that an axis may name.", "ROUND_STEPS", ROUND_STEPS, None),
        ("What colours stand for.", "COLOUR_MEANINGS", sentences.COLOUR_MEANINGS, None),
        ("Said of so many filters.", "STILL_NOISE", sentences.STILL_NOISE, None),
        ("What oriented filters see.", "EDGES_OR_LINES", sentences.ORIENTED, None),
    ]


def _constant(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        lines = "".join(f"  {_key(key)}: {json.dumps(one)},\n" for key, one in value.items())
        return f"export const {name} = /** @type {{const}} */ ({{\n{lines}}});\n"
    if not isinstance(value, tuple):
        return f"export const {name} = {json.dumps(value)};\n"
    words = [json.dumps(one) for one in value]
    made = "new Set([" if isinstance(value, _Set) else "/** @type {const} */ (["
    start, end = f"export const {name} = {made}", "]);\n"
    line = start + ", ".join(words) + end
    if len(line) <= _WIDTH + 1:
        return line
    numbers = all(isinstance(one, int) for one in value)
    return start + "\n" + "".join(_filled(words) if numbers else (f"  {w},\n" for w in words)) + end


def _verdicts() -> str:
    """Gives the type of a snapshot's verdicts, each as `app.verdicts` has it."""
    about = "What each filter is, one entry a filter, and the layer as a whole."
    fields = [
        f" * @property {{{_page_type(VERDICTS[name])}}} "
        f"{f'[{name}]' if name in OF_SMALL_KERNELS else name}\n"
        for name in READ_BY_THE_PAGE
    ]
    return f"/**\n * @typedef {{object}} Verdicts  {about}\n{''.join(fields)} */\n"


def _page_type(annotation: Any) -> str:
    """Gives TypeScript's word for a Python type.

    >>> _page_type(list[tuple[int, float]])
    '[number, number][]'
    """
    if annotation in (int, float, str):
        return "string" if annotation is str else "number"
    inner = [_page_type(one) for one in get_args(annotation)]
    if get_origin(annotation) is dict:
        return f"Record<{', '.join(inner)}>"
    return f"{inner[0]}[]" if get_origin(annotation) is list else f"[{', '.join(inner)}]"


def _key(name: str) -> str:
    return name if name.isidentifier() else json.dumps(name)


def _filled(words: Iterable[str]) -> Iterable[str]:
    """Puts as many words into each line as fit, as Prettier does with numbers."""
    line = " "
    for word in words:
        if len(line) + len(word) + 2 > _WIDTH:
            yield line + "\n"
            line = " "
        line += f" {word},"
    yield line + "\n"


def _variables(colours: Mapping[str, str], indent: int) -> str:
    return "".join(f"{' ' * indent}--{name}: {colour};\n" for name, colour in colours.items())


if __name__ == "__main__":
    main()
