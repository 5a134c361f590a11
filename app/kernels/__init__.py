"""Compiled kernels, where there are some: how they are built, which there are, who may call."""

from .library import (
    Kind,
    Library,
    Shape,
    kernels_here,
    kernels_in_full,
    kernels_in_words,
    kernels_told,
    kinds_here,
    using,
)

__all__ = [
    "Kind",
    "Library",
    "Shape",
    "kernels_here",
    "kernels_in_full",
    "kernels_in_words",
    "kernels_told",
    "kinds_here",
    "using",
]
