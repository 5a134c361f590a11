"""How a recipe names a data set of one's own: `own:NAME`, or `own:NAME@DIGEST` for just that."""

from typing import Final, NamedTuple

OWN: Final = "own:"
DIGEST_SHOWN: Final = 16  # of the 64 hexadecimal digits


class OwnReference(NamedTuple):
    """A data set of one's own, as a recipe names it; `digest` is its beginning, if that is said."""

    name: str
    digest: str | None


def own_reference(text: object) -> OwnReference | None:
    """Reads a reference; None where `text` isn't one.

    >>> own_reference("own:flowers@0123456789abcdef")
    OwnReference(name='flowers', digest='0123456789abcdef')
    """
    if not isinstance(text, str) or not text.startswith(OWN):
        return None
    name, mark, digest = text.removeprefix(OWN).partition("@")
    return OwnReference(name, digest if mark else None)
