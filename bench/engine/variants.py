"""The ways in which one can write and set up the same training in PyTorch."""

import itertools
from pathlib import Path
from typing import NamedTuple, Self

ORDERS = ("relu-pool", "pool-relu")
MODULES = ("apart", "in-place")
LAYOUTS = ("nchw", "channels-last")
OPTIMIZERS = ("plain", "foreach", "fused")
CHUNKS = (50, 100, 250, 500, 1_000)

# Beyond all that a step asks for: memory stays with the process, no page is fetched twice.
_NEVER = str(1 << 32)
_GLIBC = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": _NEVER,
    "MALLOC_TRIM_THRESHOLD_": _NEVER,
    "MALLOC_TOP_PAD_": str(64 << 20),
}


class Variant(NamedTuple):
    """How a network is written, laid out and updated; its name says all of it.

    order: of ReLU and the max-pooling after it, which commute; modules: ReLU in place or not;
    layout: of images and kernels; optimizer: as it comes, or one of PyTorch's quick ways.
    """

    order: str = "relu-pool"
    modules: str = "apart"
    layout: str = "nchw"
    optimizer: str = "plain"

    def __str__(self) -> str:
        return "+".join(self)

    @classmethod
    def read(cls, name: str) -> Self:
        """Reads what `str` wrote."""
        return cls(*name.split("+"))


def all_variants(optimizer: str, has_pool: bool) -> list[Variant]:
    """Lists all that differ; Adadelta has no fused way."""
    orders = ORDERS if has_pool else ORDERS[:1]
    ways = [way for way in OPTIMIZERS if way != "fused" or optimizer == "momentum"]
    return [Variant(*each) for each in itertools.product(orders, MODULES, LAYOUTS, ways)]


def allocators() -> dict[str, dict[str, str]]:
    """Gives environments by name: the system's allocator, told to keep memory, others there are."""
    found: dict[str, dict[str, str]] = {"malloc": {}, "malloc-kept": _GLIBC}
    for name in ("jemalloc", "tcmalloc_minimal"):
        for library in sorted(Path("/usr/lib").glob(f"**/lib{name}.so.?"))[:1]:
            found[name.partition("_")[0]] = {"LD_PRELOAD": str(library)}
    return found
