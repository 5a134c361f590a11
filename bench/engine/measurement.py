"""One network on all sides, which take turns; and one with both cores busy elsewhere."""

import itertools
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, product

from bench.engine.nets import NETS
from bench.engine.peak import OPERATIONS
from bench.engine.side import PyTorch, Side, Silent, our_side
from bench.engine.variants import Variant
from bench.neighbours import busy_cores

THREADS = (1, 2)
# Compiling may take minutes; a side that isn't ready by then is left out, and said to be.
_READY_SECONDS = 240.0
_FEWEST_ROUNDS = 5
# Ours takes part with and without what is compiled.
_KERNELS = ("", "numpy")


@dataclass(frozen=True)
class Measurement:
    """All sides of one network, closed, and those that were left out."""

    net: str
    ours: Sequence[Side]
    theirs: Sequence[Side]
    left_out: Sequence[str]

    def best(self, among: Sequence[Side], of: str, threads: int, action: str = "step") -> Side:
        """Returns the fastest of these sides on at most so many cores."""
        allowed = [side for side in among if side.threads <= threads]
        return min(allowed, key=lambda side: side.median(action, of))

    def share_of(self, most: str) -> float:
        """Operations of a step by the equations, as a share of what a core does in that time.

        most: `multiply`, a product of 1,024³, or `peak`, registers alone; sgemm's where there is
            no compiler.
        """
        one = self.ours[0]
        rate = NETS[self.net].operations() / one.median("step", "processor")
        return rate / (OPERATIONS / one.median(most, "processor"))

    def others(self) -> float:
        """Returns the share of the cores that went to others, the median over all turns."""
        sides = [*self.ours, *self.theirs]
        return statistics.median(turn["others"] for side in sides for turn in side.answers["step"])


def measure(
    pytorch: PyTorch, seconds: float, compiles: bool, threads: Sequence[int] = THREADS
) -> Measurement:
    """Rounds of turns until so many seconds have passed, five at least."""
    ours: list[Side] = []
    theirs: list[Side] = []
    left_out = []
    try:
        for count, kernels in product(threads, _KERNELS):
            _add(ours, our_side(pytorch.net, count, kernels))
        for begin in chain(*(_their_sides(pytorch, compiles, count) for count in threads)):
            try:
                _add(theirs, begin())
            except Silent as silence:
                theirs.pop().close()
                left_out.append(str(silence))
        _take_turns([*ours, *theirs], "step", seconds)
        _take_turns([*ours, *theirs], "predict", seconds)
    finally:
        for side in [*ours, *theirs]:
            side.close()
    return Measurement(pytorch.net, ours, theirs, left_out)


def _their_sides(pytorch: PyTorch, compiles: bool, threads: int) -> Iterator[Callable[[], Side]]:
    """Yields PyTorch as it comes, its fastest variant with each allocator, compiled and shared."""
    variant, chunk = pytorch.search(threads, "malloc-kept")
    yield partial(pytorch.side, threads, "eager", str(Variant()), 1_000)
    for allocator in pytorch.tried:
        yield partial(pytorch.side, threads, "eager", variant, chunk, allocator)
    if compiles:
        yield partial(pytorch.side, threads, "compiled", variant, chunk, "malloc-kept")
    if threads > 1 and NETS[pytorch.net].batch_size > 1:
        variant, chunk = pytorch.search(1, "malloc-kept")
        yield partial(pytorch.side, 1, "pair", variant, chunk, "malloc-kept")


def measure_busy(pytorch: PyTorch, seconds: float) -> list[tuple[str, float, float]]:
    """Measures milliseconds a step, ours and PyTorch's, quiet and with both cores busy elsewhere.

    Means: on busy cores some steps are interrupted for longer than others take.
    """
    sides: list[Side] = []
    try:
        _add(sides, our_side(pytorch.net, 2))
        for threads in THREADS:
            variant, chunk = pytorch.search(threads, "malloc-kept")
            _add(sides, pytorch.side(threads, "eager", variant, chunk, "malloc-kept"))
        _take_turns(sides, "step", seconds)
        quiet = [side.median("step", "mean") for side in sides]
        for side in sides:
            side.answers.clear()
        with busy_cores(2):
            _take_turns(sides, "step", seconds)
        busy = [side.median("step", "mean") for side in sides]
    finally:
        for side in sides:
            side.close()
    names = ["ours", *(f"PyTorch ×{count}" for count in THREADS)]
    return list(zip(names, quiet, busy, strict=True))


def _add(sides: list[Side], side: Side) -> None:
    """Adds a side once it is ready: beside others that start it would meet a busy machine.

    Raises:
        Silent: it isn't ready in time; it is among the sides all the same, to be closed.
    """
    sides.append(side)
    side.wait_until_ready(_READY_SECONDS)


def _take_turns(sides: Sequence[Side], action: str, seconds: float) -> None:
    """Lets each act for a quarter of a second, or once where that takes longer, by turns."""
    times = {side.name: max(1, int(250 / side.turn(action, 2)["least"])) for side in sides}
    for _ in _rounds(seconds):
        for side in sides:
            side.turn(action, times[side.name])
            if side is sides[0]:
                side.turn("multiply", 3)
                side.turn("peak", 3)


def _rounds(seconds: float) -> Iterator[int]:
    """Counts rounds until so many seconds have passed, five at least."""
    start = time.monotonic()
    for count in itertools.count():
        if count >= _FEWEST_ROUNDS and time.monotonic() - start >= seconds:
            return
        yield count
