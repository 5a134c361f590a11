"""Settings of the layers of a TorchScript archive, out of the text beside its weights.

The text is searched, never run. A traced layer's forward names its settings in the call of
`torch._convolution`; a scripted one's class declares them.
"""

import re
from collections.abc import Callable
from typing import Final

_SIZES: Final = r"\[([\d, ]{1,40})\]"
_CALL: Final = re.compile(
    rf"torch\._convolution\([^\n]{{0,200}}?, {_SIZES}, {_SIZES}, {_SIZES}, (True|False), "
    r"\[[\d, ]{1,40}\], (\d{1,6})[,)]"
)
_CALL_BY_NAME: Final = re.compile(
    rf"torch\._convolution_mode\([^\n]{{0,200}}?, {_SIZES}, \"(same|valid)\", "
    rf"{_SIZES}, (\d{{1,6}})\)"
)
_PADS: Final = re.compile(r"\w*pad\w*\(")
_DECLARED: Final = re.compile(
    r"^  (stride|padding|dilation|groups|padding_mode|transposed) : Final\[[^\n]{1,80}?\] = "
    r"([^\n]{1,60})$",
    re.MULTILINE,
)
_MOST_BYTES: Final = 4 * 1024**2


class ScriptText:
    """The text of an archive's classes, each file read once.

    Args:
        read: gives a file's text by its path below `code/`; None if there is none.
    """

    def __init__(self, read: Callable[[str], str | None]) -> None:
        self._read = read
        self._files: dict[str, str] = {}
        self._left = _MOST_BYTES

    def settings(self, made_by: str) -> dict[str, object]:
        """Tells stride, padding, dilation and groups of a conv layer's class, if its text does."""
        module, _, name = made_by.rpartition(".")
        text = self._class(f"{module.replace('.', '/')}.py", name)
        found: dict[str, object] = {
            setting: _value(value) for setting, value in _DECLARED.findall(text)
        }
        return found if "stride" in found else found | _called(text)

    def _class(self, path: str, name: str) -> str:
        if path not in self._files:
            text = (self._read(path) or "") if self._left > 0 else ""
            self._left -= len(text)
            self._files[path] = text
        _, begin, text = self._files[path].partition(f"class {name}(Module):\n")
        return text.partition("\nclass ")[0] if begin else ""


def _called(text: str) -> dict[str, object]:
    """Reads the settings out of the call that a traced layer makes."""
    if (call := _CALL.search(text)) is not None:
        stride, padding, dilation, transposed, groups = call.groups()
        found: dict[str, object] = {"padding": _sizes(padding), "transposed": transposed == "True"}
    elif (call := _CALL_BY_NAME.search(text)) is not None:
        stride, padding, dilation, groups = call.groups()
        found = {"padding": padding}
    else:
        return {}
    found |= {"stride": _sizes(stride), "dilation": _sizes(dilation), "groups": int(groups)}
    return found | {"padding_mode": "other"} if _PADS.search(text) else found


def _value(text: str) -> object:
    if text[:1] == "(":
        return _sizes(text.strip("()"))
    return int(text) if text.isdecimal() and len(text) < 8 else text.strip('"')


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(",") if part.strip().isdecimal())
