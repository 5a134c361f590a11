"""Networks of PyTorch with layers of every kind that has filters, and ways to save them."""

from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn
from torch.nn.utils import parametrizations, prune, spectral_norm, weight_norm

from tests.frameworks.torch_cases import Net

Save = Callable[[nn.Module, Path], None]
X = torch.zeros(2, 3, 20, 20)


class Every(nn.Module):
    """Grouped, depthwise, transposed, dilated, padded layers, and a class of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 5, stride=2, padding=(1, 2), bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.body = nn.Sequential(
            nn.Conv2d(8, 16, 3, groups=8, padding=1),
            nn.ReLU(),
            nn.Conv2d(16, 12, 3, groups=4, dilation=2, padding="same"),
            nn.Tanh(),
            nn.Conv2d(12, 12, 3, padding=1, padding_mode="reflect"),
            nn.Sequential(nn.ConvTranspose2d(12, 10, 2, stride=2, groups=2), nn.BatchNorm2d(10)),
        )
        self.line = nn.Sequential(nn.Conv1d(10, 4, 3, stride=3), nn.ConvTranspose1d(4, 6, 2))
        self.head = nn.Linear(6, 5)
        self.embedding = nn.Embedding(7, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.body(self.norm(self.stem(x)))
        return self.head(self.line(x.flatten(2)).mean(2))  # type: ignore[no-any-return]


def every() -> nn.Module:
    """Returns one with weights in an order in memory that isn't theirs."""
    return Every().to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]


def volumes() -> nn.Module:
    """Returns a network of three dimensions."""
    return nn.Sequential(nn.Conv3d(1, 4, 3), nn.ReLU(), nn.ConvTranspose3d(4, 2, 2), nn.Flatten())


def used(stem: nn.Module) -> nn.Module:
    """Returns a network with that stem, after one pass in training and one in evaluation."""
    model = Net(stem)
    model(X)
    return model.eval().requires_grad_(False)


NETWORKS: dict[str, Callable[[], nn.Module]] = {
    "every": every,
    "volumes": volumes,
    "parallel": lambda: nn.DataParallel(every()),
    "one layer": lambda: nn.Conv2d(3, 4, 3),
    "bfloat16": lambda: Every().bfloat16(),
    "half": lambda: Every().half(),
    "double": lambda: Every().double(),
}

NORMED: dict[str, Callable[[], nn.Module]] = {
    "weight_norm": lambda: weight_norm(nn.Conv2d(3, 4, 3)),
    "weight_norm parametrised": lambda: parametrizations.weight_norm(nn.Conv2d(3, 4, 3)),
    "spectral_norm": lambda: spectral_norm(nn.Conv2d(3, 4, 3)),
    "spectral_norm parametrised": lambda: parametrizations.spectral_norm(nn.Conv2d(3, 4, 3)),
    "pruned": lambda: prune.l1_unstructured(nn.Conv2d(3, 4, 3), "weight", 0.4),
}


def scripted(model: nn.Module, path: Path) -> None:
    """Saves its script."""
    torch.jit.script(model).save(str(path))


def traced(model: nn.Module, path: Path) -> None:
    """Saves what one pass did."""
    is_volume = isinstance(next(iter(model.children()), None), nn.Conv3d)
    shape = (1, 1, 8, 8, 8) if is_volume else (1, 3, 20, 20)
    dtype = next(model.parameters()).dtype
    torch.jit.trace(model.eval(), torch.zeros(shape, dtype=dtype)).save(str(path))


def whole(model: nn.Module, path: Path) -> None:
    """Saves the module itself."""
    torch.save(model, path)


def whole_legacy(model: nn.Module, path: Path) -> None:
    """Saves the module itself as PyTorch did before 1.6."""
    torch.save(model, path, _use_new_zipfile_serialization=False)


def state(model: nn.Module, path: Path) -> None:
    """Saves its weights by name."""
    torch.save(model.state_dict(), path)


def state_legacy(model: nn.Module, path: Path) -> None:
    """Saves its weights by name as PyTorch did before 1.6."""
    torch.save(model.state_dict(), path, _use_new_zipfile_serialization=False)
