"""The library that was built, if one was: loaded once, and checked before anything is called."""

import contextlib
import ctypes
import functools
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from .source import built_file, fingerprint, kinds, machine, revision

NUMPY = "numpy"  # what FILTERSCOPE_KERNELS says to do without


class Shape(ctypes.Structure):
    """`struct shape` of lanes.h."""

    _fields_ = [
        (name, ctypes.c_int32)
        for name in (
            *("height", "width", "channels", "filters", "size", "strides", "rows", "columns"),
            *("top", "left", "padded_height", "padded_width", "pool", "relu"),
        )
    ]


class Kind:
    """The functions for one kind of processor. Arrays are told as addresses; none is kept.

    Attributes:
        name: of the kind, as `avx2`.
        told: its name, the compiler's and what flags that was given besides, which together
            decide how is rounded.
        open: the same for anybody to read: flags may name folders.
    """

    def __init__(self, library: ctypes.CDLL, name: str) -> None:
        self.name = name
        compiler = getattr(library, f"compiler_{name}")
        compiler.restype = ctypes.c_char_p
        self.told = f"{name} of source {revision()}, compiled by {compiler().decode()}"
        plain, has_flags, _ = self.told.partition(" with -")
        self.open = f"{plain} with flags of its own" if has_flags else plain
        pointer = ctypes.c_void_p
        shape = ctypes.POINTER(Shape)
        self.forward = getattr(library, f"forward_{name}")
        self.backward = getattr(library, f"backward_{name}")
        self.forward.argtypes = [shape, ctypes.c_int64, *[pointer] * 6]
        self.backward.argtypes = [shape, ctypes.c_int64, *[pointer] * 9]
        self.forward.restype = self.backward.restype = None
        self.forward_floats = getattr(library, f"forward_floats_{name}")
        self.backward_floats = getattr(library, f"backward_floats_{name}")
        self.forward_floats.argtypes = [shape, ctypes.c_int64]
        self.backward_floats.argtypes = [shape]
        self.forward_floats.restype = self.backward_floats.restype = ctypes.c_int64


class NotLoadable(OSError):
    """What the system says of it, which may name folders."""


class Library:
    """A library and the kinds in it that this processor can run, the widest first.

    Raises:
        NotLoadable: it can't be loaded.
        OSError: it is of another source or other flags than lie here.
    """

    def __init__(self, file: Path) -> None:
        try:
            loaded = ctypes.CDLL(str(file))
        except OSError as failed:
            raise NotLoadable(str(failed).removeprefix(f"{file}: ")) from failed
        self.kinds: dict[str, Kind] = {}
        for name in kinds():
            try:
                told = getattr(loaded, f"fingerprint_{name}")
                runs = getattr(loaded, f"runs_here_{name}")
            except AttributeError as missing:
                raise OSError(f"{file.name} lacks {name}") from missing
            told.restype = ctypes.c_int64
            if told() != fingerprint():
                raise OSError(f"{file.name} was built from another source or with other flags")
            if runs():
                self.kinds[name] = Kind(loaded, name)


@functools.cache
def _found() -> tuple[dict[str, Kind], str, str]:
    """All kinds that this processor can run, by name, or why there are none; and what the system
    says of that, which isn't for everybody.
    """
    file = built_file()
    if not kinds():
        return {}, f"there are no kernels for {machine()}", ""
    if not file.exists():
        return {}, f"no kernels were compiled for {sys.platform} on {machine()}", ""
    try:
        found = Library(file).kinds
    except NotLoadable as unfit:
        return {}, f"{file.name} can't be loaded", f": {unfit}"
    except OSError as unfit:
        return {}, str(unfit), ""
    return found, f"this processor can run none of {', '.join(kinds())}", ""


def kinds_here() -> dict[str, Kind]:
    """Return all kinds that this processor can run, by name; none where no library was built."""
    return _found()[0]


_chosen: list[Kind | None] = []


def kernels_here() -> Kind | None:
    """Return the kind to be called, the widest there is; None where NumPy does all the work."""
    if not _chosen:
        without = os.environ.get("FILTERSCOPE_KERNELS") == NUMPY
        _chosen.append(None if without else next(iter(kinds_here().values()), None))
    return _chosen[-1]


def kernels_told() -> str:
    """Say what multiplies besides NumPy, as runs note it: kind, source and compiler, or `numpy`."""
    kind = kernels_here()
    return NUMPY if kind is None else kind.told


def kernels_in_words() -> str:
    """Say what multiplies besides NumPy, and why where nothing does; no folder is named."""
    if (kind := kernels_here()) is not None:
        return kind.open
    asked = os.environ.get("FILTERSCOPE_KERNELS") == NUMPY
    return f"{NUMPY}: {'FILTERSCOPE_KERNELS asks for it' if asked else _found()[1]}"


def kernels_in_full() -> str:
    """Say it with the compiler's flags or what the system says of a library, for the log."""
    if (kind := kernels_here()) is not None:
        return kind.told
    asked = os.environ.get("FILTERSCOPE_KERNELS") == NUMPY
    return kernels_in_words() + ("" if asked else _found()[2])


@contextlib.contextmanager
def using(kind: Kind | None) -> Iterator[None]:
    """Have networks that are built meanwhile, in this process, use this kind, or NumPy."""
    _chosen.append(kind)
    try:
        yield
    finally:
        _chosen.pop()
