"""What `watch` costs a training in PyTorch: time inside its hooks, beside updates of 3 and 30 ms.

    python -m bench.watched_torch      # where PyTorch is; it writes films into a temporary folder

The processor's time of the training's thread counts, so that other work on the machine doesn't. A
hook that does nothing is measured beside ours and taken off, and with it what the clock takes.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import nn
from torch.optim import optimizer as optimizers

from app import watch

_UPDATES = 1000
_TURNS = 3
_ALLOWED = 0.005
_MILLISECONDS = (3, 30)


def network() -> nn.Sequential:
    """A stem as ResNet has it, and 27 modules behind it, so that optimisers hold many tensors."""
    torch.manual_seed(0)
    layers: list[nn.Module] = [nn.Conv2d(3, 64, 7, 2, 3), nn.ReLU(), nn.MaxPool2d(2)]
    for _ in range(8):
        layers += [nn.Conv2d(64, 64, 3, padding=1, groups=16), nn.BatchNorm2d(64), nn.ReLU()]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


class Stopwatch:
    """Measures calls, in seconds."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def timed(self, called: Callable[..., Any]) -> Callable[..., Any]:
        """Gives what calls and measures that."""

        def timed(*said: Any, **named: Any) -> None:
            begun = time.thread_time()
            called(*said, **named)
            self.seconds.append(time.thread_time() - begun)

        return timed


def nothing(*_: Any) -> None:
    """Does nothing."""


class Told(NamedTuple):
    """Seconds of an update: in the hooks, in `log`; and in the first hook of all."""

    hooks: float
    log: float
    first: float


def train(file: Path) -> Told:
    """Trains, and takes the time of what is called; what calling nothing takes is taken off."""
    model = network()
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    images, labels = torch.randn(1, 3, 16, 16), torch.tensor([1])
    run = watch(model, to=file)
    ours, logs, nobodys = Stopwatch(), Stopwatch(), Stopwatch()
    kinds = optimizers._global_optimizer_pre_hooks, optimizers._global_optimizer_post_hooks
    for hooks in kinds:
        for key, hook in hooks.items():
            hooks[key] = ours.timed(hook)
    handle = optimizers.register_optimizer_step_post_hook(nobodys.timed(nothing))
    log = logs.timed(run.log)
    for _ in range(_UPDATES):
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        log(loss=loss)
    handle.remove()
    run.close()
    first, *others = ours.seconds
    clock = statistics.fmean(nobodys.seconds)
    hooked = (sum(others) - clock * len(others)) / _UPDATES
    return Told(hooked, statistics.fmean(logs.seconds) - clock, first)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        turns = [train(Path(folder) / f"{turn}.fscope") for turn in range(_TURNS)]
    told = Told(*(1e3 * statistics.median(column) for column in zip(*turns, strict=True)))
    print(f"PyTorch {torch.__version__}, medians of {_TURNS} trainings of {_UPDATES} updates")
    print(f"frame 0, with the description of the network: {told.first:.1f} ms, once")
    for what, each in (("in the hooks", told.hooks), ("in log(loss=loss)", told.log)):
        print(f"{what}: {1e3 * each:.1f} us an update")
        for update in _MILLISECONDS:
            print(f"  of an update of {update} ms: {each / update:.2%}, {_ALLOWED:.1%} allowed")


if __name__ == "__main__":
    main()
