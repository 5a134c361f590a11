"""PyTorch's side: python bench/engine/pytorch.py NET THREADS WAY VARIANT CHUNK

WAY is `eager`, `compiled`, `pair` (two processes of a thread each, which share each batch) or
`search`: that prints the variants in the order of their speed, and the chunk of images that
naming many is fastest in, and ends.

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
from bench.engine.variants import Variant
from bench.engine.worker import peak_megabytes, serve


def build(net: Net, variant: Variant) -> Any:
    """Builds the network's layers; sizes that Keras infers are found by a dry run."""
    simple: dict[str, Callable[..., list[Any]]] = {
        "pool": lambda: [nn.MaxPool2d(2)],
        "gap": lambda: [nn.AdaptiveAvgPool2d(1), nn.Flatten()],
        "flatten": lambda: [nn.Flatten()],
        "dropout": lambda rate: [nn.Dropout(rate)],
    }
    relu = nn.ReLU(inplace=variant.modules == "in-place")
    sized: dict[str, Callable[..., list[Any]]] = {
        "conv": lambda inputs, *sizes: [nn.Conv2d(inputs, *sizes), relu],
        "dense": lambda inputs, units: [nn.Linear(inputs, units)],
        "dense relu": lambda inputs, units: [nn.Linear(inputs, units), relu],
    }
    model: list[Any] = []
    values = torch.zeros(1, net.input_shape[2], *net.input_shape[:2])
    for kind, *arguments in net.layers:
        added = (
            sized[kind](values.shape[1], *arguments) if kind in sized else simple[kind](*arguments)
        )
        values = nn.Sequential(*added)(values)
        if kind == "pool" and variant.order == "pool-relu":
            added.append(model.pop())
        model += added
    return nn.Sequential(*model)


class Training:
    """One network in one variant, on noise: a step, and naming 10,000 images."""

    def __init__(self, net: Net, variant: Variant, chunk: int, compiled: bool = False) -> None:
        channels_last = variant.layout == "channels-last"
        self._layout = torch.channels_last if channels_last else torch.contiguous_format
        self.model = build(net, variant).to(memory_format=self._layout)
        self.optimizer = _optimizer(net, variant.optimizer, self.model)
        self._forward = torch.compile(self.model) if compiled else self.model
        self._loss = nn.CrossEntropyLoss()
        self._chunk = chunk
        self.named_at_once = net.named_at_once
        self._shape = (net.input_shape[2], *net.input_shape[:2])
        self.images = self.noise(net.batch_size)
        self.labels = torch.randint(0, 10, (net.batch_size,))
        self.many: Any = None

    def noise(self, images: int) -> Any:
        """So many images of noise, as this variant lays them out."""
        return torch.randn((images, *self._shape)).to(memory_format=self._layout)

    def learn(self, images: Any, labels: Any, share: float = 1.0) -> None:
        """Works out the gradients of a share of a batch."""
        (self._loss(self._forward(images), labels) * share).backward()

    def step(self) -> None:
        """Trains one step."""
        self.optimizer.zero_grad(set_to_none=True)
        self._loss(self._forward(self.images), self.labels).backward()
        self.optimizer.step()

    def predict(self) -> None:
        """Names a turn's images."""
        if self.many is None:
            self.many = self.noise(self.named_at_once)
        self.name(self.many)

    def name(self, images: Any) -> None:
        """Names images, a chunk at a time."""
        self.model.eval()
        with torch.inference_mode():
            for start in range(0, len(images), self._chunk):
                self._forward(images[start : start + self._chunk])
        self.model.train()


def _optimizer(net: Net, way: str, model: Any) -> Any:
    quick: dict[str, Any] = {} if way == "plain" else {way: True}
    if net.optimizer == "momentum":
        return torch.optim.SGD(model.parameters(), 0.01, momentum=0.9, **quick)
    return torch.optim.Adadelta(model.parameters(), 1.0, rho=0.95, eps=1e-7, **quick)


def main(name: str, threads: int, way: str, variant: str, chunk: int) -> None:
    """Trains the named network in the given way."""
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    megabytes_before = peak_megabytes()
    net = NETS[name]
    if way == "search":
        from bench.engine.pytorch_search import search

        search(net)
        return
    training = Training(net, Variant.read(variant), chunk, way == "compiled")
    actions = {"step": training.step, "predict": training.predict}
    if way == "pair":
        from bench.engine.pytorch_pair import Pair

        pair = Pair(training)
        actions = {"step": pair.step, "predict": pair.predict}
    serve(actions, megabytes_before)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4], int(sys.argv[5]))
