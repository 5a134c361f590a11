"""PyTorch's side: python bench/engine/pytorch.py NET THREADS default|best|compiled

`best` is channels last and the fused (or foreach) optimiser, `compiled` the same compiled.

Runs in a Python of its own (bench/requirements.txt) that needn't have Filterscope's packages.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import torch
from torch import nn

from bench.engine.nets import NETS, Net
from bench.engine.worker import peak_megabytes, serve


def build(net: Net) -> Any:
    """Builds the network's layers; sizes that Keras infers are found by a dry run."""
    simple: dict[str, Callable[..., list[Any]]] = {
        "pool": lambda: [nn.MaxPool2d(2)],
        "gap": lambda: [nn.AdaptiveAvgPool2d(1), nn.Flatten()],
        "flatten": lambda: [nn.Flatten()],
        "dropout": lambda rate: [nn.Dropout(rate)],
    }
    sized: dict[str, Callable[..., list[Any]]] = {
        "conv": lambda inputs, *sizes: [nn.Conv2d(inputs, *sizes), nn.ReLU()],
        "dense": lambda inputs, units: [nn.Linear(inputs, units)],
        "dense relu": lambda inputs, units: [nn.Linear(inputs, units), nn.ReLU()],
    }
    model = nn.Sequential()
    values = torch.zeros(1, net.input_shape[2], *net.input_shape[:2])
    for kind, *arguments in net.layers:
        added = (
            sized[kind](values.shape[1], *arguments) if kind in sized else simple[kind](*arguments)
        )
        for module in added:
            values = module(values)
            model.append(module)
    return model


def main(name: str, threads: int, configuration: str) -> None:
    """Trains the named network on noise in the given configuration."""
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    megabytes_before = peak_megabytes()
    net, best = NETS[name], configuration != "default"
    layout = torch.channels_last if best else torch.contiguous_format
    model = build(net).to(memory_format=layout)
    shape = (net.batch_size, net.input_shape[2], *net.input_shape[:2])
    images = torch.randn(shape).to(memory_format=layout)
    labels = torch.randint(0, 10, (net.batch_size,))
    if net.optimizer == "momentum":
        optimizer = torch.optim.SGD(model.parameters(), 0.01, momentum=0.9, fused=best)
    else:
        optimizer = torch.optim.Adadelta(model.parameters(), 1.0, rho=0.95, eps=1e-7, foreach=best)
    loss = nn.CrossEntropyLoss()
    forward = torch.compile(model) if configuration == "compiled" else model

    def step() -> None:
        optimizer.zero_grad(set_to_none=True)
        loss(forward(images), labels).backward()
        optimizer.step()

    def predict() -> None:
        model.eval()
        with torch.inference_mode():
            for start in range(0, 10_000, 1_000):
                forward(many[start : start + 1_000])
        model.train()

    many = images[:1].expand(10_000, *shape[1:])
    serve({"step": step, "predict": predict}, megabytes_before)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
