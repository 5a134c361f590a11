"""What PyTorch calls the types of numbers: names of dtypes, and classes of storages."""

from typing import Final

from ..contents import WeightsUnreadable
from ..element_types import ELEMENT_TYPES, ElementType
from ..pickles import PickledName

_ELEMENTS: Final = {
    "Double": "float64",
    "Float": "float32",
    "Half": "float16",
    "BFloat16": "bfloat16",
    "Long": "int64",
    "Int": "int32",
    "Short": "int16",
    "Char": "int8",
    "Byte": "uint8",
    "Bool": "bool",
    "Untyped": "uint8",
    "_Untyped": "uint8",
    "ComplexFloat": "complex64",
    "ComplexDouble": "complex128",
    "QInt8": "qint8",
    "QUInt8": "quint8",
    "QInt32": "qint32",
}
_AGAIN: Final = "the file is damaged; save it once more"


def element_named(dtype: object) -> ElementType:
    """Returns what a name such as `torch.bfloat16` means; WeightsUnreadable if that is nothing."""
    found = ELEMENT_TYPES.get(dtype.last) if isinstance(dtype, PickledName) else None
    if found is None:
        raise WeightsUnreadable(f"one of its tensors has numbers of an unknown type; {_AGAIN}")
    return found


def element_stored(kind: object) -> ElementType:
    """Returns what a storage holds, by its class; WeightsUnreadable if nobody knows that one."""
    name = kind.last.removesuffix("Storage") if isinstance(kind, PickledName) else ""
    if name not in _ELEMENTS:
        raise WeightsUnreadable(
            f"one of its storages is a {name[:40] or 'thing'}, which isn't known; "
            "save it as float32"
        )
    return ELEMENT_TYPES[_ELEMENTS[name]]
