"""Trainings in PyTorch, each in one of the ways that people train."""

from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import nn
from torch.nn.utils import parametrizations, prune, spectral_norm, weight_norm

Training = Iterator[float]  # gives each update's loss when it was made
Case = Callable[[nn.Module], Training]
UPDATES = 12


class Net(nn.Module):
    """A network by hand: a first convolution named stem, one behind it, a head."""

    def __init__(self, stem: nn.Module | None = None) -> None:
        super().__init__()
        self.stem = stem or nn.Conv2d(3, 8, 3, padding=1)
        self.body = nn.Sequential(nn.LazyConv2d(6, 3), nn.ReLU())
        self.head = nn.LazyLinear(4)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.body(torch.relu(self.stem(x))).mean((2, 3)))  # type: ignore[no-any-return]


def data(*size: int) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Yields batches of noise, the same each time."""
    generator = torch.Generator().manual_seed(1)
    for _ in range(UPDATES):
        x = torch.randn(8, *(size or (3, 10, 10)), generator=generator)
        yield x, torch.randint(4, (8,), generator=generator)


def learn(model: nn.Module, optimizer: Any, x: Any, y: Any) -> float:
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(model(x).float(), y)
    loss.backward()
    optimizer.step()
    return loss.item()


def plain(model: nn.Module, *, size: tuple[int, ...] = ()) -> Training:
    batches = data(*size)
    first = next(batches)
    model(first[0])  # lazy layers take shape
    optimizer = torch.optim.Adam(model.parameters(), 1e-2)
    yield learn(model, optimizer, *first)
    for x, y in batches:
        yield learn(model, optimizer, x, y)


def compiled(model: nn.Module) -> Training:
    return plain(torch.compile(model, backend="aot_eager"))  # type: ignore[arg-type]


def compiled_by_inductor(model: nn.Module) -> Training:
    return plain(torch.compile(model))  # type: ignore[arg-type]


def compiled_step(model: nn.Module) -> Training:
    model(next(data())[0])
    optimizer = torch.optim.SGD(model.parameters(), 0.1, momentum=0.9)
    step = torch.compile(learn, backend="eager", fullgraph=False)
    for x, y in data():
        yield step(model, optimizer, x, y)


def compiled_optimizer(model: nn.Module) -> Training:
    model(next(data())[0])
    optimizer = torch.optim.Adam(model.parameters(), 1e-2)
    optimizer.step = torch.compile(optimizer.step, backend="eager")  # type: ignore[method-assign]
    for x, y in data():
        yield learn(model, optimizer, x, y)


def autocast(model: nn.Module) -> Training:
    model(next(data())[0])
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    for x, y in data():
        with torch.autocast("cpu", torch.bfloat16):
            loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        yield loss.item()


def _scaled(model: nn.Module, optimizer: torch.optim.Optimizer) -> Training:
    """Every third gradient isn't finite; the scaler leaves those updates out."""
    scaler = torch.amp.GradScaler("cpu", init_scale=8.0)
    for index, (x, y) in enumerate(data()):
        loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        scaler.scale(loss).backward()
        is_broken = index % 3 == 1
        if is_broken:
            model.stem.bias.grad[0] = float("inf")  # type: ignore[union-attr, index]
        scaler.step(optimizer)
        scaler.update()
        if not is_broken:
            yield loss.item()


def scaled(model: nn.Module) -> Training:
    model(next(data())[0])
    return _scaled(model, torch.optim.SGD(model.parameters(), 0.1))


def scaled_and_fused(model: nn.Module) -> Training:
    model(next(data())[0])
    return _scaled(model, torch.optim.Adam(model.parameters(), 1e-2, fused=True))


def bfloat16(model: nn.Module) -> Training:
    model.to(torch.bfloat16)
    model(next(data())[0].bfloat16())
    optimizer = torch.optim.SGD(model.parameters(), 0.5)
    for x, y in data():
        yield learn(model, optimizer, x.bfloat16(), y)


def channels_last(model: nn.Module) -> Training:
    model(next(data())[0])
    model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return plain(model)


def two_optimizers(model: nn.Module) -> Training:
    """The head's optimiser steps twice as often; only the stem's counts."""
    model(next(data())[0])
    first = torch.optim.SGD(model.stem.parameters(), 0.1)
    others = torch.optim.Adam([*model.body.parameters(), *model.head.parameters()], 1e-2)
    for x, y in data():
        learn(model, others, x, y)
        others.zero_grad()
        yield learn(model, first, x, y)
        others.step()


def lbfgs(model: nn.Module) -> Training:
    model(next(data())[0])
    optimizer = torch.optim.LBFGS(model.parameters(), 0.1, max_iter=3)
    for x, y in data():

        def closure(x: Any = x, y: Any = y) -> Any:
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(x), y)
            loss.backward()
            return loss

        yield float(optimizer.step(closure))


def accumulated(model: nn.Module) -> Training:
    model(next(data())[0])
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    for index, (x, y) in enumerate(data()):
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        if index % 3 == 2:
            optimizer.step()
            optimizer.zero_grad()
            yield loss.item()


def loaded(model: nn.Module) -> Training:
    """Weights are loaded after `watch` was called."""
    model(next(data())[0])
    torch.manual_seed(9)
    state = {name: torch.randn_like(value) / 5 for name, value in model.state_dict().items()}
    model.load_state_dict(state)
    return plain(model)


class Wrapping(torch.optim.Optimizer):
    """Steps by another optimiser, as several wrappers do."""

    def __init__(self, inner: torch.optim.Optimizer) -> None:
        super().__init__(inner.param_groups, {})
        self.inner = inner

    def step(self, closure: Any = None) -> None:  # type: ignore[override]
        self.inner.step()


def wrapped(model: nn.Module) -> Training:
    model(next(data())[0])
    optimizer = Wrapping(torch.optim.SGD(model.parameters(), 0.1))
    for x, y in data():
        yield learn(model, optimizer, x, y)


def frozen_stem(model: nn.Module) -> Training:
    model(next(data())[0])
    for parameter in model.stem.parameters():
        parameter.requires_grad_(False)
    rest = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.SGD(rest, 0.1)
    for x, y in data():
        yield learn(model, optimizer, x, y)


def pruned(stem: nn.Module) -> nn.Module:
    prune.random_unstructured(stem, "weight", 0.4)  # type: ignore[no-untyped-call]
    return stem


def conv() -> nn.Conv2d:
    return nn.Conv2d(3, 8, 3, padding=1)


WAYS: dict[str, Case] = {
    case.__name__: case
    for case in (
        *(plain, compiled, compiled_by_inductor, compiled_step, compiled_optimizer, autocast),
        *(scaled, scaled_and_fused, bfloat16, channels_last, two_optimizers, lbfgs, accumulated),
        *(loaded, wrapped, frozen_stem),
    )
}
STEMS: dict[str, Callable[[], nn.Module]] = {
    "lazy": lambda: nn.LazyConv2d(8, 3),
    "without bias": lambda: nn.Conv2d(3, 8, 3, bias=False),
    "strided, not square": lambda: nn.Conv2d(3, 8, (3, 5), stride=(1, 2), padding=(1, 0)),
    "weight_norm of old": lambda: weight_norm(conv()),
    "weight_norm": lambda: parametrizations.weight_norm(conv()),
    "spectral_norm of old": lambda: spectral_norm(conv()),
    "spectral_norm": lambda: parametrizations.spectral_norm(conv()),
    "pruned": lambda: pruned(conv()),
    "grouped": lambda: nn.Conv2d(4, 8, 3, groups=2),
    "depthwise": lambda: nn.Conv2d(4, 8, 3, groups=4),
    "transposed": lambda: nn.ConvTranspose2d(4, 8, 3, stride=2),
    "transposed, grouped": lambda: nn.ConvTranspose2d(4, 8, (3, 2), groups=2),
}
