"""A run as one page in one file: it opens from a disk and asks no network for anything."""

import base64
import json
from functools import cache
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ..page_files import STATIC, TEMPLATES
from ..verdicts import READ_BY_THE_PAGE
from ..vocabulary.palette import GROUND
from .held import Held, held
from .material import Material
from .modules import import_map, module_graph

_ENTRY = "offline/main.js"
_STYLES = (
    "colours",
    "tokens",
    "base",
    "buttons",
    "controls",
    "stage",
    "montage",
    "facts",
    "measures",
    "dock",
    "scrubber",
    "overlays",
    "offline",
    "offline_filter",
)
KERNEL_BYTES = 1_750_000  # base64 makes a third more of them; the whole stays below 3 MB


class Beside(NamedTuple):
    """Files that the pages of a site have in common, by their addresses as seen from a page.

    Attributes:
        styles, code: what a page alone holds itself.
        first_page: the site's.
    """

    styles: str
    code: str
    first_page: str


def offline_page(material: Material, most_frames: int, beside: Beside | None = None) -> str:
    """Makes the HTML, a megabyte or two.

    Of films beyond `KERNEL_BYTES` every so many frames are left out, the first and last never.

    Args:
        beside: where the page's code and styles are; None has it hold them itself.
    """
    layers = held(material.films, most_frames, KERNEL_BYTES)
    data = _data(material, layers) | {"is_alone": beside is None}
    alone = {"styles": Markup(page_styles()), "modules": _modules()} if beside is None else {}
    return (
        templates()
        .get_template("offline.html")
        .render(
            **alone,
            beside=beside,
            version=material.version,
            title=material.run["name"],
            ground=GROUND,
            data=Markup(_in_script(json.dumps(data, separators=(",", ":")))),
            icon=icon(),
            entry=f"filterscope/{_ENTRY}",
        )
    )


def page_code() -> str:
    """Returns the page's code as a script for pages that share it.

    It is no module itself, for over `file://` a browser loads no module from another file.
    """
    modules = json.dumps(_modules())
    return (
        'const modules = document.createElement("script");\n'
        'modules.type = "importmap";\n'
        f"modules.textContent = {modules};\n"
        "document.head.append(modules);\n"
        f'import("filterscope/{_ENTRY}");\n'
    )


def page_styles(names: tuple[str, ...] = _STYLES) -> str:
    """Returns some of the page's style sheets as one, those of a saved run unless said."""
    folder = STATIC / "css"
    return "\n".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in names)


def icon() -> str:
    """Returns the icon in base64."""
    return base64.b64encode((STATIC / "favicon.svg").read_bytes()).decode()


def _modules() -> Markup:
    return Markup(_in_script(import_map(module_graph(STATIC / "js", _ENTRY))))


def _data(material: Material, layers: list[Held]) -> dict[str, Any]:
    first, *deeper = layers
    return {
        "run": material.run,
        "preset": material.preset,
        "dataset": material.dataset,
        "metrics": dict(material.thinned_curves),  # the page draws no more
        "film": _film(first),
        "snapshots": len(first.film.frames),
        "deeper": [_film(layer) for layer in deeper if layer.frames],
        "left_out": [layer.film.layer for layer in deeper if not layer.frames],
        "version": material.version,
    }


def _film(layer: Held) -> dict[str, Any]:
    """Gives it as `GET /api/runs/{run_id}/film` does, so that the page's own modules read it."""
    frames = layer.frames
    weights = b"".join(frame.kernel.data for frame in frames)
    kernels = {
        "dtype": "f4",
        "shape": ", ".join(map(str, (len(frames), *frames[0].kernel.shape))),
        "bdata": base64.b64encode(weights).decode(),
    }
    told = {
        "layer": layer.film.layer,
        "steps": [frame.step for frame in frames],
        "kernels": kernels,
    }
    bodies = [frame.verdicts for frame in frames if frame.verdicts is not None]
    names = [name for name in READ_BY_THE_PAGE if any(name in body for body in bodies)]
    all_bodies = [frame.verdicts or {} for frame in frames]
    return told | {name: [body.get(name) for body in all_bodies] for name in names}


def _in_script(text: str) -> str:
    """Writes JSON that can't end the script it stands in."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def templates() -> Environment:
    """Returns what fills in the templates of saved pages."""
    loader = FileSystemLoader(TEMPLATES)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
