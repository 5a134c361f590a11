"""A copy from a GPU is waited for by who reads it, and by nobody else."""

import numpy as np
import torch

from app.client.torch_copies import PinnedCopy, copied


class Event:
    """Stands for the mark behind a copy: once it is waited for, the copy is there."""

    def __init__(self, host: torch.Tensor, source: torch.Tensor) -> None:
        self._host, self._source = host, source
        self.waited = 0

    def synchronize(self) -> None:
        self.waited += 1
        self._host.copy_(self._source)


def test_who_calls_a_pinned_copy_waits_and_gets_what_was_copied() -> None:
    source = torch.randn(3, 2, 4)
    host = torch.zeros(3, 2, 4)
    event = Event(host, source)
    copy = PinnedCopy(host, event, (6, 4))
    assert event.waited == 0
    array = copy()
    assert event.waited == 1
    assert array.shape == (6, 4)
    assert array.dtype == np.float32
    assert np.array_equal(array, source.numpy().reshape(6, 4))


def test_a_copy_in_memory_is_its_own_whatever_lies_how() -> None:
    source = torch.randn(4, 3, 5, 5, dtype=torch.bfloat16).to(memory_format=torch.channels_last)
    before = source.float().numpy().transpose(2, 3, 1, 0).copy()
    array = copied(source.permute(2, 3, 1, 0), (5, 5, 3, 4))
    source.zero_()
    assert not callable(array)
    assert array.flags.c_contiguous
    assert np.array_equal(array, before)
