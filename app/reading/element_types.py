"""What the numbers of a tensor are written as, and how they become float32."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .contents import WeightsUnreadable


class ElementType(NamedTuple):
    """One way to write a number.

    Attributes:
        title: as PyTorch and NumPy call it.
        size: in bytes.
        stored_as: NumPy's type of the same bytes, little-endian; None if they aren't read.
    """

    title: str
    size: int
    stored_as: str | None

    @property
    def is_whole(self) -> bool:
        """Whether it can't hold fractions, so that some scale kept elsewhere belongs to it."""
        return self.stored_as is not None and self.stored_as.lstrip("<") in _WHOLE


_WHOLE: Final = frozenset(
    {"i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "?"},
)
_ALL: Final = (
    *(ElementType(f"float{8 * size}", size, f"<f{size}") for size in (2, 4, 8)),
    *(ElementType(f"int{8 * size}", size, f"<i{size}") for size in (2, 4, 8)),
    *(ElementType(f"uint{8 * size}", size, f"<u{size}") for size in (2, 4, 8)),
    *(ElementType("int8", 1, "i1"), ElementType("uint8", 1, "u1"), ElementType("bool", 1, "?")),
    ElementType("bfloat16", 2, "<u2"),
    *(ElementType("float8_e4m3fn", 1, "u1"), ElementType("float8_e5m2", 1, "u1")),
    *(ElementType("complex64", 8, None), ElementType("complex128", 16, None)),
    *(ElementType("float8_e4m3fnuz", 1, None), ElementType("float8_e5m2fnuz", 1, None)),
    *(ElementType("float8_e8m0fnu", 1, None), ElementType("float4_e2m1fn_x2", 1, None)),
    *(
        ElementType("qint8", 1, None),
        ElementType("quint8", 1, None),
        ElementType("qint32", 4, None),
    ),
)
ELEMENT_TYPES: Final = {element.title: element for element in _ALL}


def as_float32(raw: bytes, element: ElementType) -> NDArray[np.float32]:
    """Decodes numbers that follow one another; what float32 can't hold becomes infinite.

    Returns:
        (n,) float32.

    Raises:
        WeightsUnreadable: nothing here reads numbers of that type.
    """
    if element.stored_as is None:
        raise WeightsUnreadable(
            f"its numbers are {element.title}, which isn't read; save them as float32"
        )
    found = np.frombuffer(raw, element.stored_as)
    if element.title == "bfloat16":  # the upper half of a float32
        return (found.astype(np.uint32) << 16).view(np.float32)
    if element.title == "float8_e5m2":  # the upper half of a float16
        found = (found.astype("<u2") << 8).view("<f2")
    elif element.title == "float8_e4m3fn":
        return np.take(_e4m3(), found)
    with np.errstate(over="ignore"):
        return found.astype(np.float32)


def _e4m3() -> NDArray[np.float32]:
    """Lists what the 256 bytes mean: a sign, four bits of exponent around 7, three of fraction
    (Micikevicius et al., FP8 formats for deep learning, 2022).
    """
    byte = np.arange(256)
    exponent, fraction = (byte >> 3) & 15, byte & 7
    size = np.where(
        exponent == 0,
        np.ldexp(fraction / 8, -6),
        np.ldexp(1 + fraction / 8, exponent - 7),
    )
    size[(byte & 127) == 127] = np.nan
    return np.where(byte < 128, size, -size).astype(np.float32)
