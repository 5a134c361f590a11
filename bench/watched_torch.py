"""What `watch` costs a training in PyTorch: time inside its hooks, for a short and a long update.

python -m bench.watched_torch      # where PyTorch is; it writes a film into a temporary folder
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

_UPDATES = 400
_ALLOWED = 0.005
# Pictures in a batch and their side, so that an update takes about 3 and about 30 ms on two cores.
_SIZES = {"short": (1, 16), "long": (16, 64)}


def network() -> nn.Sequential:
    """A stem as ResNet has it, and 60 layers behind it, so that optimisers hold many tensors."""
    torch.manual_seed(0)
    layers: list[nn.Module] = [nn.Conv2d(3, 64, 7, 2, 3), nn.ReLU(), nn.MaxPool2d(2)]
    for _ in range(8):
        layers += [nn.Conv2d(64, 64, 3, padding=1, groups=16), nn.BatchNorm2d(64), nn.ReLU()]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


class Stopwatch:
    """Measures the hooks that all optimisers call."""

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
            begun = time.perf_counter()
            hook(*said)
            self.seconds.append(time.perf_counter() - begun)

        return timed


def train(size: tuple[int, int], file: Path | None) -> tuple[float, list[float]]:
    """Trains; returns seconds in all and those in each call of a hook."""
    model = network()
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    count, side = size
    images, labels = torch.randn(count, 3, side, side), torch.arange(count) % 10
    run = watch(model, to=file) if file else None
    stopwatch = Stopwatch()
    begun = time.perf_counter()
    for _ in range(_UPDATES):
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    took = time.perf_counter() - begun
    if run is not None:
        run.close()
    return took, stopwatch.seconds


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, size in _SIZES.items():
            alone, _ = train(size, None)
            watched, hooks = train(size, Path(folder) / f"{name}.fscope")
            _print(name, alone, watched, sorted(hooks))


def _print(name: str, alone: float, watched: float, hooks: list[float]) -> None:
    each = 1e3 / _UPDATES
    print(f"{name} update: {each * alone:.1f} ms alone, {each * watched:.1f} ms watched")
    print(f"  in hooks: {sum(hooks) / watched:.2%} of the time, {_ALLOWED:.1%} allowed")
    middle, longest = 1e6 * hooks[len(hooks) // 2], 1e3 * hooks[-1]
    print(f"  half of the calls take less than {middle:.1f} us, the first {longest:.1f} ms")


if __name__ == "__main__":
    main()
