"""Kernels that somebody chose: a bank known by its name, numbers, another run's filters."""

import base64
import binascii
import math
import sys
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final, Literal

Shape = tuple[int, ...]
BankName = Literal["gabor", "sobel", "prewitt", "laplacian", "dct"]

SMALLEST_BANK: Final = 3  # pixels a side: below it there is no direction to speak of
LARGEST_VALUE: Final = 1e6
MOST_NUMBERS: Final = 65_536  # a recipe is listed with its run, so what it holds stays small
_CODES: Final = {"f4": "f", "f8": "d"}


class NotAKernel(ValueError):
    """Numbers that can't be a kernel, said in words."""


@dataclass(frozen=True)
class KernelArray:
    """Numbers as they travel: little-endian bytes in base64, as Plotly has typed arrays.

    Raises ValueError unless `bdata` holds as many finite numbers, none beyond a million, as
    `shape` ("3, 3, 1, 32") asks for, and these are at most 65,536.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = {"extra": "forbid"}

    dtype: Literal["f4", "f8"]
    shape: str
    bdata: str

    def __post_init__(self) -> None:
        """Checks that the numbers are there."""
        wanted = math.prod(self.lengths)
        if wanted > MOST_NUMBERS:
            raise NotAKernel(
                f"the kernel has {wanted:,} numbers; at most {MOST_NUMBERS:,} can be given"
            )
        numbers = self.numbers()
        if len(numbers) != wanted:
            raise NotAKernel(f"shape asks for {wanted:,} numbers, and bdata holds {len(numbers):,}")
        for number in numbers:
            if not abs(number) <= LARGEST_VALUE:
                raise NotAKernel(
                    f"the kernel holds {number}; its numbers must be finite and at most "
                    f"{LARGEST_VALUE:,.0f}"
                )

    @property
    def lengths(self) -> Shape:
        """The lengths of its axes, HWIO."""
        parts = self.shape.split(",")
        if len(parts) != 4 or not all(part.strip().isdecimal() for part in parts):
            raise NotAKernel(
                f"shape is {self.shape[:40]!r}; a kernel has four lengths, "
                '"height, width, channels, filters"'
            )
        return tuple(int(part) for part in parts)

    def numbers(self) -> "array[float]":
        """Returns the numbers in C order."""
        try:
            data = base64.b64decode(self.bdata, validate=True)
        except (binascii.Error, ValueError):
            raise NotAKernel("bdata isn't base64") from None
        found: array[float] = array(_CODES[self.dtype])
        if len(data) % found.itemsize:
            raise NotAKernel(f"bdata holds {len(data)} bytes, which are no whole {self.dtype}")
        found.frombytes(data)
        if sys.byteorder == "big":
            found.byteswap()
        return found


@dataclass(frozen=True)
class KernelBank:
    """A bank of filters that people made by hand, as many of them as the layer has filters."""

    __pydantic_config__: ClassVar[dict[str, object]] = {"extra": "forbid"}

    type: Literal["bank"] = field(default="bank", kw_only=True)
    name: BankName


@dataclass(frozen=True)
class GivenKernel:
    """Numbers that somebody chose; `source` says where they are from, where that is known."""

    __pydantic_config__: ClassVar[dict[str, object]] = {"extra": "forbid"}

    type: Literal["given"] = field(default="given", kw_only=True)
    kernel: KernelArray
    source: "RunKernel | None" = None


@dataclass(frozen=True)
class RunKernel:
    """The kernel that a layer of another run had after `step` updates.

    Only a server that holds that run knows it: it puts the numbers themselves in its place.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = {"extra": "forbid"}

    type: Literal["run"] = field(default="run", kw_only=True)
    run: str
    step: int | Literal["first", "latest"] = "latest"
    layer: str = "conv1"


Chosen = KernelBank | GivenKernel | RunKernel


class ToldApart:
    """Lets a recipe tell a word from the three kinds of choice by their `type`.

    Pydantic asks for it by this method's name; nothing of pydantic is imported, for the engine
    knows layers and not recipes.
    """

    def __get_pydantic_core_schema__(
        self, source: Any, handler: Callable[[Any], Any]
    ) -> dict[str, Any]:
        """Returns a union whose choice follows from the value's `type`; text is a name."""
        word, *choices = source.__args__
        kinds = {choice.__dataclass_fields__["type"].default: choice for choice in choices}
        return {
            "type": "tagged-union",
            "choices": {
                "name": handler.generate_schema(word),  # type: ignore[attr-defined]
                **{kind: handler.generate_schema(choice) for kind, choice in kinds.items()},  # type: ignore[attr-defined]
            },
            "discriminator": _kind_of,
        }


def _kind_of(value: Any) -> str | None:
    if isinstance(value, str):
        return "name"
    kind = value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return kind if isinstance(kind, str) else None


def misfit(start: object, shape: Shape) -> str | None:
    """Says why a kernel of `shape`, HWIO, can't begin so; None where it can."""
    if isinstance(start, KernelBank) and shape[0] < SMALLEST_BANK:
        return (
            f"the {start.name} bank needs windows of {SMALLEST_BANK}×{SMALLEST_BANK} or more, and "
            f"these are {shape[0]}×{shape[1]}: in a single pixel there is no direction. Give the "
            f"layer a kernel_size of {SMALLEST_BANK} or more"
        )
    if isinstance(start, GivenKernel) and start.kernel.lengths != shape:
        given, wanted = (", ".join(map(str, one)) for one in (start.kernel.lengths, shape))
        return (
            f"the kernel given has the shape ({given}), and this layer needs ({wanted}): "
            f"height, width, channels, filters{_way_out(start.kernel.lengths, shape)}"
        )
    return None


def _way_out(given: Shape, wanted: Shape) -> str:
    """Says how the layer could take the kernel, where its settings alone would do it."""
    if given[0] != given[1] or given[2] != wanted[2]:
        return ""
    return f". With kernel_size {given[0]} and filters {given[3]} it would fit"
