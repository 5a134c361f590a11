"""Ratios of step times: python -m bench.engine --pytorch PYTHON [NET ...]

PYTHON is the interpreter of an environment made from bench/requirements.txt. Every side runs in
a process of its own; they take turns, and each figure is the median over the rounds. Ratios say
how many times faster than PyTorch's best configuration the engine is; `CPU` ratios compare the
processor time of one thread, which tells more on a machine that others share.
"""

import argparse

from bench.engine.measurement import Measurement, measure, measure_busy
from bench.engine.nets import NETS

HEADING = """\
| network | ours, 1 thread: ms (CPU) | PyTorch, 1 thread | CPU ratio | ours, 2: ms | PyTorch, 2 \
| ratio | × default | of sgemm | MB grown (peak) | PyTorch's |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"""


def row(measured: Measurement) -> str:
    """Returns a line of the table."""
    one, two = measured.ours
    their_one = measured.best("processor", [1])
    their_two = measured.best("elapsed")
    ours = min(side.median("step", "elapsed") for side in (one, two))
    theirs = their_two.median("step", "elapsed")
    lean = min(measured.theirs, key=lambda side: side.median("step", "grown"))
    our_processor, their_processor = (side.median("step", "processor") for side in (one, their_one))
    cells = [
        f"`{measured.net}`",
        f"{one.median('step', 'elapsed'):.2f} ({our_processor:.2f})",
        f"{their_one.median('step', 'elapsed'):.2f} ({their_processor:.2f}, {their_one.name})",
        f"**{their_processor / our_processor:.2f}**",
        f"{two.median('step', 'elapsed'):.2f}",
        f"{theirs:.2f} ({their_two.name})",
        f"**{theirs / ours:.2f}**",
        f"{measured.default('elapsed') / ours:.2f}",
        f"{measured.peak_share():.0%}",
        f"{two.median('step', 'grown'):.0f} ({two.median('step', 'peak'):.0f})",
        f"{lean.median('step', 'grown'):.0f} ({lean.median('step', 'peak'):.0f})",
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Prints the table, what inference takes, and what a step costs on a busy machine."""
    parser = argparse.ArgumentParser(description="Step times beside PyTorch's.")
    parser.add_argument("nets", nargs="*", metavar="NET", help=f"some of {', '.join(NETS)}")
    parser.add_argument("--pytorch", required=True, help="the Python that has PyTorch")
    parser.add_argument("--seconds", type=float, default=15, help="of turns a network")
    parser.add_argument("--no-compile", action="store_true", help="leave out torch.compile")
    parser.add_argument("--no-busy", action="store_true", help="leave out the busy machine")
    arguments = parser.parse_args()
    nets = arguments.nets or list(NETS)
    if unknown := set(nets) - set(NETS):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(NETS)}")
    configurations = ["default", "best", *([] if arguments.no_compile else ["compiled"])]
    print(HEADING, flush=True)
    notes = []
    for net in nets:
        digits = NETS[net].input_shape == (28, 28, 1)
        measured = measure(net, arguments.pytorch, configurations, arguments.seconds, digits)
        print(row(measured), flush=True)
        notes += [f"{net}: left out, {reason}" for reason in measured.left_out]
        if digits:
            ours = min(side.median("predict", "elapsed") for side in measured.ours)
            best = measured.best("elapsed", action="predict")
            theirs = best.median("predict", "elapsed")
            notes.append(
                f"{net}: 10,000 images named in {ours:.0f} ms, PyTorch {theirs:.0f} ms "
                f"({best.name}): {theirs / ours:.2f} ×"
            )
    print("", *notes, sep="\n", flush=True)
    if not arguments.no_busy:
        net = nets[0]
        print(f"\nA step of {net}, quiet and with both cores busy elsewhere:", flush=True)
        for name, quiet, busy in measure_busy(net, arguments.pytorch, arguments.seconds):
            print(f"{name}: {quiet:.2f} ms, {busy:.2f} ms: {busy / quiet:.1f} ×", flush=True)


if __name__ == "__main__":
    main()
