"""Small JSON files that may be lost at any time."""

import json
import logging
import os
import tempfile
from pathlib import Path
from typing import Any

from ..private_files import make_private_folder

_log = logging.getLogger(__name__)


def read_json(path: Path) -> dict[str, Any]:
    """Reads the object in `path`; OSError or ValueError when there is none."""
    found = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise ValueError(f"{path} holds no object")
    return found


def write_json(path: Path, values: dict[str, Any]) -> None:
    """Writes `values` whole or not at all; a folder that can't be written is only warned of."""
    draft = None
    try:
        make_private_folder(path.parent)
        handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(values, file, indent=1)
        Path(draft).replace(path)
    except OSError as error:
        _log.warning("%s can't be kept (%s): it will be computed again", path, error)
        if draft is not None:
            Path(draft).unlink(missing_ok=True)
