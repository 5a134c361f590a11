"""PyTorch in two processes that share every batch, as the engine does: each learns from a half."""

import os
import select
import sys
from typing import Any

import torch

from bench.engine.pytorch import Training

_POLLS = 400


class Pair:
    """This process and one forked from it; both see the weights, and the other's gradients."""

    def __init__(self, training: Training) -> None:
        self._training = training
        half = len(training.images) // 2
        self._share = half / len(training.images)
        self._ours = training.images[half:].clone(), training.labels[half:].clone()
        self._theirs = training.images[:half].clone(), training.labels[:half].clone()
        training.many = training.noise(training.named_at_once).share_memory_()
        self._half = training.named_at_once // 2
        self._weights = list(training.model.parameters())
        for weight in self._weights:
            weight.data = weight.data.share_memory_()
        self._gradients = [torch.zeros_like(each.data).share_memory_() for each in self._weights]
        tasks, self._tasks = os.pipe()
        self._answers, answers = os.pipe()
        if os.fork() == 0:
            os.close(self._tasks)
            self._serve(tasks, answers)

    def step(self) -> None:
        """Trains one step: half of it here."""
        os.write(self._tasks, b"s")
        self._training.optimizer.zero_grad(set_to_none=True)
        self._training.learn(*self._ours, 1 - self._share)
        _read(self._answers)
        ours: list[Any] = [weight.grad for weight in self._weights]
        torch._foreach_add_(ours, self._gradients)
        self._training.optimizer.step()

    def predict(self) -> None:
        """Names a turn's images: half of them here."""
        os.write(self._tasks, b"p")
        self._training.name(self._training.many[self._half :])
        _read(self._answers)

    def _serve(self, tasks: int, answers: int) -> None:
        """Does the other half, until the pipe ends."""
        try:
            for weight, gradient in zip(self._weights, self._gradients, strict=True):
                weight.grad = gradient
            while asked := _read(tasks):
                if asked == b"s":
                    torch._foreach_zero_(self._gradients)
                    self._training.learn(*self._theirs, self._share)
                else:
                    self._training.name(self._training.many[: self._half])
                os.write(answers, b"!")
        finally:
            sys.stdout.flush()
            os._exit(0)


def _read(pipe: int) -> bytes:
    """Looks for about as long as the engine does before it sleeps."""
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    for _ in range(_POLLS):
        if poll.poll(0):
            break
    return os.read(pipe, 1)
