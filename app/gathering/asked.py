"""What somebody says of the pictures they want, checked. It needs no NumPy."""

from collections.abc import Mapping
from typing import Any, Final

from ..kept_pictures import usable_name
from .request import BACKGROUNDS, FITS, SIZES, NotGathered, PicturesWanted

_ALLOWED: Final[dict[str, tuple[Any, ...]]] = {
    "size": SIZES,
    "channels": (1, 3),
    "fit": FITS,
    "background": BACKGROUNDS,
}


def wanted_of(said: Mapping[str, str | None]) -> PicturesWanted:
    """Reads size, channels, fit and background; what isn't said is left to the usual.

    Raises:
        NotGathered: naming the field and what it can be.
    """
    return PicturesWanted(
        **{name: _one_of(name, text) for name, text in said.items() if text is not None}
    )


def name_of(text: str) -> str:
    """Reads a data set's name; raises NotGathered where nothing can be called so."""
    try:
        return usable_name(text)
    except ValueError as why:
        raise NotGathered(str(why), "name") from None


def _one_of(name: str, text: str) -> Any:
    allowed = _ALLOWED[name]
    found = next((value for value in allowed if str(value) == text), None)
    if found is None:
        possible = ", ".join(map(str, allowed))
        raise NotGathered(f"{name} is {text[:40]!r}; possible are {possible}", name)
    return found
