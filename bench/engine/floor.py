"""The products of a step and nothing else: python -m bench.engine.floor NET ...

Each product that the equations ask for is timed alone, in whichever of several shapes NumPy is
fastest, its sides where the products want them: nothing is gathered, pooled, activated or added up.
No arrangement of NumPy's calls can take less, save one that multiplies less, as Winograd's does
for 3×3 kernels: they are timed here as the equations have them.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product

import numpy as np
from numpy.typing import NDArray

from bench.engine.nets import NETS, Product

_SECONDS = 0.3
_PIECES = (16, 32, 64, 128, 256, 512)

Floats = NDArray[np.float32]


def fastest(wanted: Product) -> tuple[float, str]:
    """Seconds of a product in the fastest shape, and that shape in words."""
    return min((_seconds(multiply), shape) for shape, multiply in _shapes(wanted))


def _shapes(wanted: Product) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yields the product whole and in pieces along its longest side, either side turned or not."""
    _, rows, depth, columns = wanted
    along_depth = depth > rows
    length = depth if along_depth else rows
    pieces = [size for size in _PIECES if length % size == 0] + [length]
    for piece, turned_left, turned_right in product(pieces, (False, True), (False, True)):
        count = length // piece
        shape = (rows, piece, columns) if along_depth else (piece, depth, columns)
        left = _matrices(count, shape[0], shape[1], turned_left)
        right = _matrices(count if along_depth else 1, shape[1], shape[2], turned_right)
        out = np.empty((count, shape[0], shape[2]), np.float32)
        yield f"{count} × {shape}", partial(np.matmul, left, right, out=out)


def _matrices(count: int, rows: int, columns: int, turned: bool) -> Floats:
    shape = (count, columns, rows) if turned else (count, rows, columns)
    matrices = np.random.default_rng(0).random(shape, np.float32)
    return matrices.swapaxes(1, 2) if turned else matrices


def _seconds(multiply: Callable[[], object]) -> float:
    """Returns the median of as many calls as fit."""
    taken: list[float] = []
    end = time.perf_counter() + _SECONDS
    while time.perf_counter() < end or not taken:
        began = time.perf_counter()
        multiply()
        taken.append(time.perf_counter() - began)
    return float(np.median(taken))


def main() -> None:
    """Prints each product and their sum."""
    parser = argparse.ArgumentParser(description="What the products of a step take by themselves.")
    parser.add_argument("nets", nargs="+", metavar="NET", help=f"some of {', '.join(NETS)}")
    for net in parser.parse_args().nets:
        whole = 0.0
        for wanted in NETS[net].products(asked_for=True):
            seconds, shape = fastest(wanted)
            whole += seconds
            rate = wanted.operations / seconds / 1e9
            print(f"{net}: {wanted.what}: {1000 * seconds:.3f} ms, {rate:.0f} GF/s, {shape}")
        print(f"{net}: all products, one core: {1000 * whole:.2f} ms", flush=True)


if __name__ == "__main__":
    main()
