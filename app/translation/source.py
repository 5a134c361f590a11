"""Pasted text as Python's syntax tree, made from whatever surrounds code in books and forums."""

import ast
import re
import textwrap
from typing import NamedTuple

LONGEST = 20_000  # characters; the longest listing of a network in use here is a tenth of it
_DEEPEST = 40  # brackets within brackets
_PROMPT = re.compile(r"^\s*(>>>|\.\.\.|In \[\d+\]:) ?")
_FENCE = re.compile(r"^\s*```\w*\s*$")
_PLAIN = str.maketrans("“”„‘’\u00a0\u2003\u2009", '"""\'\'   ', "\u200b\ufeff\r")
_CLOSING = {"(": ")", "[": "]", "{": "}"}


class NotCode(ValueError):
    """Text that can't be read as Python; the message is a sentence for whoever pasted it."""


class Source(NamedTuple):
    """Tidied text and its syntax tree, whose positions are those of the text."""

    text: str
    tree: ast.Module


def parse(text: str) -> Source:
    """Reads pasted text, mending what copying breaks: prompts, fences, curly quotes, indents.

    A bracket left open at the end is closed, and one too many at the end is left out.

    Raises:
        NotCode: it is empty, longer than 20,000 characters, too deep, or not Python.
    """
    if len(text) > LONGEST:
        raise NotCode(f"That is {len(text):,} characters long; at most {LONGEST:,} are read.")
    tidy = _tidied(text.replace("…", "..."))
    if not tidy.strip():
        raise NotCode("Paste a line such as Conv2D(32, 3), or a whole Sequential.")
    tidy = _balanced(tidy)
    try:
        return Source(tidy, ast.parse(tidy))
    except SyntaxError as problem:
        where = f" in line {problem.lineno}" if problem.lineno else ""
        raise NotCode(f"That isn't Python{where}: {problem.msg[:120]}.") from None
    except (RecursionError, MemoryError, ValueError):
        raise NotCode("That is nested too deeply to be read.") from None


def _tidied(text: str) -> str:
    lines = text.translate(_PLAIN).expandtabs(4).split("\n")
    kept = [line for line in lines if not _FENCE.match(line)]
    if any(_PROMPT.match(line) for line in kept):
        kept = [_PROMPT.sub("", line) for line in kept if _PROMPT.match(line)]
    return textwrap.dedent("\n".join(kept)).strip().rstrip(",;")


def _balanced(text: str) -> str:
    """Closes what is open at the end, and drops what closes nothing there."""
    open_brackets = _open_brackets(text)
    while open_brackets is None and text.endswith((")", "]", "}")):
        text = text[:-1].rstrip()
        open_brackets = _open_brackets(text)
    return text + "".join(_CLOSING[bracket] for bracket in reversed(open_brackets or []))


def _open_brackets(text: str) -> list[str] | None:
    """Returns the brackets that stay open; None where one closes that was never opened."""
    waiting: list[str] = []
    for mark in _without_words(text):
        if mark in _CLOSING:
            waiting.append(mark)
            if len(waiting) > _DEEPEST:
                raise NotCode(f"That is nested deeper than {_DEEPEST} brackets.")
        elif mark in ")]}" and (not waiting or _CLOSING[waiting.pop()] != mark):
            return None
    return waiting


def _without_words(text: str) -> str:
    """Leaves out comments and quoted words, in which brackets mean nothing."""
    return re.sub(r"#[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", "", text)
