"""A network like ResNet-18, trained on dead leaves and watched; for looking at its stem's film.

FILTERSCOPE_URL=http://127.0.0.1:8000 FILTERSCOPE_TOKEN=… python -m tests.frameworks.resnet 200
"""

import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import nn

from app import watch
from app.datasets import load

_WIDTHS = (64, 128, 256, 512)


class Block(nn.Module):
    """Two convolutions beside a way past them."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.past: nn.Module = nn.Identity()
        if inputs != outputs:
            past = nn.Conv2d(inputs, outputs, 1, stride, bias=False)
            self.past = nn.Sequential(past, nn.BatchNorm2d(outputs))

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        found = torch.relu(self.bn1(self.conv1(maps)))
        return torch.relu(self.bn2(self.conv2(found)) + self.past(maps))


def resnet(classes: int) -> nn.Sequential:
    """Makes the network: a stem of 64 kernels of 7x7x3, eight blocks, a head."""
    stem = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
    model = nn.Sequential()
    model.add_module("conv1", stem)
    model.add_module("bn1", nn.BatchNorm2d(64))
    model.add_module("relu", nn.ReLU())
    model.add_module("maxpool", nn.MaxPool2d(3, 2, 1))
    inputs = 64
    for number, width in enumerate(_WIDTHS, 1):
        blocks = [Block(inputs, width, 1 if inputs == width else 2), Block(width, width, 1)]
        model.add_module(f"layer{number}", nn.Sequential(*blocks))
        inputs = width
    model.add_module("avgpool", nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()))
    model.add_module("fc", nn.Linear(inputs, classes))
    return model


def main(updates: int) -> None:
    data = load("dead-leaves", cache_folder=Path(tempfile.gettempdir()) / "dead-leaves")
    order = np.random.default_rng(0)
    torch.manual_seed(0)
    model = resnet(len(data.info.class_names))
    optimizer = torch.optim.Adam(model.parameters(), 1e-3)
    run = watch(model, name="ResNet-18 on dead leaves", total_steps=updates)
    for _step in range(updates):
        pictures, true = data.batch(order.integers(data.train_size, size=32))
        labels = torch.from_numpy(true)
        answers = model(torch.from_numpy(pictures).permute(0, 3, 1, 2))
        loss = nn.functional.cross_entropy(answers, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        right = (answers.argmax(1) == labels).float().mean()
        run.log(loss=loss, accuracy=right, learning_rate=optimizer.param_groups[0]["lr"])
    run.close()


if __name__ == "__main__":
    main(int(sys.argv[1]))
