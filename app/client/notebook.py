"""What a watched training is in a notebook: a line on how it goes, and its page in a frame."""

from __future__ import annotations

import html
from typing import NamedTuple

_FRAME_HEIGHT = 640  # pixels
_LINE = "font: 14px/1.5 system-ui, sans-serif; margin: 0 0 8px"
_FRAME = f"width: 100%; height: {_FRAME_HEIGHT}px; border: 1px solid #8884; border-radius: 8px"


class Output(NamedTuple):
    """What there is to show of a training.

    Attributes:
        name: what people call it.
        step: how far it is.
        loss: the last one that was told; None where none was.
        url: where its live page is; None without a server.
        file: where it is written; None with a server.
        page: the offline page of its film as one HTML document; None where there is none.
    """

    name: str
    step: int
    loss: float | None = None
    url: str | None = None
    file: str | None = None
    page: str | None = None


def as_html(output: Output) -> str:
    """Writes it as HTML that needs nothing from outside and stays in a saved notebook.

    The page lies in a frame of an origin of its own: it can neither read the notebook nor change
    it, and asks nobody for anything.
    """
    line = f"<p style='{_LINE}'><strong>{html.escape(output.name)}</strong>: {_so_far(output)}</p>"
    if output.page is None:
        return line
    title = html.escape(f"The filters of {output.name}", quote=True)
    return (
        f'{line}<iframe sandbox="allow-scripts" style="{_FRAME}" title="{title}" '
        f'srcdoc="{html.escape(output.page, quote=True)}"></iframe>'
    )


def _so_far(output: Output) -> str:
    loss = "" if output.loss is None else f", error {output.loss:.3g}"
    so_far = f"step {output.step:,}{loss}. "
    if output.url is not None:
        link = html.escape(output.url, quote=True)
        return f'{so_far}<a href="{link}" target="_blank" rel="noopener">Watch it live</a>'
    if output.file is not None:
        command = html.escape(f"filterscope open {output.file}")
        return f"{so_far}Look at it with <code>{command}</code>"
    return so_far.rstrip()
