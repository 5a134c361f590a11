"""Ratios of step times: python -m bench.engine --pytorch PYTHON [NET ...]

Without names all networks but those that say how times grow: `side-128`, `filters-256`, `batch-1`.

PYTHON is the interpreter of an environment made from bench/requirements.txt. Every side runs in
a process of its own; they take turns, each of which warms up before it counts, and each figure is
the median over the rounds, the least of all behind it. Ratios say how many times faster than the
best of PyTorch the engine is: of all ways to write the same network, of all allocators here, on one
thread, two, or two processes. On one core processor time counts, which tells more on a machine
that others share.
"""

import argparse
from itertools import product

from bench.engine.measurement import THREADS, Measurement, measure, measure_busy
from bench.engine.nets import GROWTH, NAMED, NETS
from bench.engine.side import PyTorch, Side
from bench.engine.variants import allocators

HEADING = """\
| network | cores | ours: ms (least) | NumPy alone | PyTorch | ratio | NumPy's \
| 10,000 images | ratio | of sgemm | of peak | MB grown: ours, PyTorch | others' share |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"""


def row(measured: Measurement, threads: int) -> str:
    """Returns a line of the table: on one core by processor time, on two by the clock."""
    of = "processor" if threads == 1 else "elapsed"
    steps = [side(measured, of, threads, "step") for side in (_ours, _numpy, _theirs)]
    named = [side(measured, of, threads, "predict") for side in (_ours, _numpy, _theirs)]
    scale = NAMED / NETS[measured.net].named_at_once
    ours, plain, theirs = (side.median("step", of) for side in steps)
    grown = [
        steps[0].median("step", "grown"),
        min(side.median("step", "grown") for side in measured.theirs),
    ]
    cells = [
        f"`{measured.net}`",
        str(threads),
        *(f"{side.median('step', of):.2f} ({side.least('step'):.2f})" for side in steps),
        f"**{theirs / ours:.2f}**",
        f"{theirs / plain:.2f}",
        ", ".join(
            f"{scale * side.median('predict', of):.0f} ({scale * side.least('predict'):.0f})"
            for side in named
        ),
        f"**{named[2].median('predict', of) / named[0].median('predict', of):.2f}**",
        f"{measured.share_of('multiply'):.0%}",
        f"{measured.share_of('peak'):.0%}",
        f"{grown[0]:.0f}, {grown[1]:.0f}",
        f"{measured.others():.0%}",
    ]
    return f"| {' | '.join(cells)} |"


def _ours(measured: Measurement, of: str, threads: int, action: str) -> Side:
    return measured.best(measured.ours, of, threads, action)


def _numpy(measured: Measurement, of: str, threads: int, action: str) -> Side:
    plain = [side for side in measured.ours if "numpy" in side.name]
    return measured.best(plain, of, threads, action)


def _theirs(measured: Measurement, of: str, threads: int, action: str) -> Side:
    return measured.best(measured.theirs, of, threads, action)


def notes(measured: Measurement) -> list[str]:
    """Says who won each column, what every side took, and what a turn's first step takes."""
    named = measured.net
    said = [f"{named}: left out, {reason}" for reason in measured.left_out]
    for action, of in product(("step", "predict"), ("processor", "elapsed")):
        best = measured.best(measured.theirs, of, 2, action)
        said.append(f"{named}: {action}: PyTorch's best by {of} is {best.name}")
    for side in (*measured.ours, *measured.theirs):
        first, median = side.median("step", "cold"), side.median("step", "elapsed")
        processor = side.median("step", "processor")
        said.append(
            f"{named}: {side.name}: {median:.2f} ms, least {side.least('step'):.2f}, "
            f"processor {processor:.2f}, first of a turn {first:.2f}"
        )
    return said


def main() -> None:
    """Prints the table, who won, and what a step costs on a busy machine."""
    parser = argparse.ArgumentParser(description="Step times beside PyTorch's.")
    parser.add_argument("nets", nargs="*", metavar="NET", help=f"some of {', '.join(NETS)}")
    parser.add_argument("--pytorch", required=True, help="the Python that has PyTorch")
    parser.add_argument("--seconds", type=float, default=15, help="of turns a network")
    parser.add_argument("--threads", type=int, choices=THREADS, help="one row of the two")
    parser.add_argument("--allocators", nargs="*", choices=allocators(), default=[*allocators()])
    parser.add_argument("--no-compile", action="store_true", help="leave out torch.compile")
    parser.add_argument("--no-busy", action="store_true", help="leave out the busy machine")
    arguments = parser.parse_args()
    nets = arguments.nets or [net for net in NETS if net not in GROWTH]
    counts = [arguments.threads] if arguments.threads else THREADS
    if unknown := set(nets) - set(NETS):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(NETS)}")
    print(HEADING, flush=True)
    said = []
    for net in nets:
        pytorch = PyTorch(arguments.pytorch, net, arguments.allocators)
        measured = measure(pytorch, arguments.seconds, not arguments.no_compile, counts)
        print(*(row(measured, threads) for threads in counts), sep="\n", flush=True)
        said += notes(measured)
    print("", *said, sep="\n", flush=True)
    if not arguments.no_busy:
        pytorch = PyTorch(arguments.pytorch, nets[0])
        print(f"\nA step of {nets[0]}, quiet and with both cores busy elsewhere:", flush=True)
        for name, quiet, busy in measure_busy(pytorch, arguments.seconds):
            print(f"{name}: {quiet:.2f} ms, {busy:.2f} ms: {busy / quiet:.1f} ×", flush=True)


if __name__ == "__main__":
    main()
