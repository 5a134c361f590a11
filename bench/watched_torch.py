"""What `watch` costs a training in PyTorch: time inside its hooks, beside updates of 3 and 30 ms.

    python -m bench.watched_torch      # where PyTorch is; it writes films into a temporary folder

The processor's time of the training's thread counts, so that other work on the machine doesn't.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.optim import optimizer as optimizers

from app import watch

_UPDATES = 1000
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
    """Measures the hooks that all optimisers call, in seconds of this thread."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        for hooks in (
            optimizers._global_optimizer_pre_hooks,
            optimizers._global_optimizer_post_hooks,
        ):
            for key, hook in hooks.items():
                hooks[key] = self._timed(hook)

    def _timed(self, hook: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*said: Any) -> None:
            begun = time.thread_time()
            hook(*said)
            self.seconds.append(time.thread_time() - begun)

        return timed


def train(file: Path) -> list[float]:
    """Trains; returns the seconds in each call of a hook, in order."""
    model = network()
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    images, labels = torch.randn(1, 3, 16, 16), torch.tensor([1])
    run = watch(model, to=file)
    stopwatch = Stopwatch()
    for _ in range(_UPDATES):
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    run.close()
    return stopwatch.seconds


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        first, *others = train(Path(folder) / "film.fscope")
    each = 1e3 * sum(others) / _UPDATES
    print(f"frame 0, with the description of the network: {1e3 * first:.1f} ms, once")
    print(f"in hooks: {1e3 * each:.1f} us an update, of {_UPDATES} updates")
    for update in _MILLISECONDS:
        print(f"  of an update of {update} ms: {each / update:.2%}, {_ALLOWED:.1%} allowed")


if __name__ == "__main__":
    main()
