"""Recipes as code and code as recipes, as the interface tells them."""

from typing import Any

from ...translation.dialects import DialectName
from .exchanged import Exchanged


class CodeWord(Exchanged):
    """A stretch of the code, from `start` up to `end`, and what it makes.

    `means` is `kind` for a layer's own name, else the setting; `layer` counts the recipe's layers
    from 0.
    """

    start: int
    end: int
    means: str
    layer: int | None


class CodeNote(Exchanged):
    """Something in the code that became something else, or nothing."""

    about: str
    sentence: str


class CodeRead(Exchanged):
    """What pasted code means.

    `recipe` can be started as it is, or changed first; `is_whole` where the code held a whole
    network rather than some layers of one.
    """

    code: str
    dialect: DialectName
    is_whole: bool
    words: list[CodeWord]
    notes: list[CodeNote]
    recipe: dict[str, Any]


class LayerCode(Exchanged):
    """One layer as each library writes it; `keras1` for convolutions alone."""

    name: str
    keras1: str | None
    keras: str
    torch: str


class CodeLine(Exchanged):
    """A recipe's first convolution as a line of one library.

    `words` are what makes something, with the same `means` in every library (but that Keras 1 says
    `rows` and `columns` where the others say `kernel_size`, and PyTorch `in_channels` for
    `input_shape`). `why` says what the line leaves out.
    """

    dialect: DialectName
    code: str
    words: list[CodeWord]
    why: str | None


class CodeWritten(Exchanged):
    """A recipe as code: its first convolution by words, each layer, as scripts, as a request.

    `keras` and `torch` are None where no such script can be; `why` says it then.
    """

    lines: list[CodeLine]
    layers: list[LayerCode]
    keras: str | None
    torch: str | None
    curl: str
    why: str | None
