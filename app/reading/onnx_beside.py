"""Numbers of an ONNX model that lie in another file, which must be in the model's folder."""

import stat
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from .contents import WeightsUnreadable
from .pieces import OpenedFile

_LONGEST_NUMBER: Final = 18


def bytes_beside(name: str, folder: Path | None, told: Mapping[str, str], wanted: int) -> bytes:
    """Returns a tensor's bytes out of the file that is named for it.

    Args:
        told: what the model says: `location`, and perhaps `offset` and `length`.
        wanted: how many bytes its shape needs.

    Raises:
        WeightsUnreadable: the file lies elsewhere, isn't there, or isn't as the model says.
    """
    location = told.get("location", "")
    if folder is None:
        raise WeightsUnreadable(
            f"the numbers of {name} lie in another file; open the model in its folder"
        )
    path = _inside(folder, location, name)
    offset = _number(told.get("offset", "0"), name)
    length = _number(told.get("length", str(wanted)), name)
    if length != wanted:
        raise WeightsUnreadable(
            f"{name} has {length:,} bytes in {location!a:.80}, and its shape needs {wanted:,};"
            " save the model once more"
        )
    return OpenedFile(path).read(offset, length)


def _inside(folder: Path, location: str, name: str) -> Path:
    parts = PurePosixPath(location).parts
    leads_out = (
        not parts
        or PurePosixPath(location).is_absolute()
        or any(part == ".." or set(part) & set("\\:\0") for part in parts)
    )
    if leads_out:
        raise WeightsUnreadable(
            f"the numbers of {name} lie at {location!a:.80}, outside the model's folder; put that"
            " file into it and save the model once more"
        )
    path = folder
    for part in parts:
        path = path / part
        try:
            mode = path.lstat().st_mode
        except OSError:
            raise WeightsUnreadable(
                f"the numbers of {name} lie in {location!a:.80}, which isn't in the model's folder;"
                " put it there"
            ) from None
        if stat.S_ISLNK(mode):
            raise WeightsUnreadable(
                f"{location!a:.80}, where the numbers of {name} lie, is a link, which isn't"
                " followed; put the file itself there"
            )
    if not stat.S_ISREG(mode):
        raise WeightsUnreadable(f"{location!a:.80}, where {name} should lie, is no file")
    return path


def _number(text: str, name: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER):
        raise WeightsUnreadable(
            f"{name} lies at {text!a:.80} of another file, which is no place; save the model anew"
        )
    return int(text)
