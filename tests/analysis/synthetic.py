"""Filters whose nature is known because they were drawn that way."""

import numpy as np


def gabor(
    size: int, runs_at: float, phase: float = np.pi / 2, colour: tuple[float, ...] = (1.0,)
) -> np.ndarray:
    """One filter (size, size, channels, 1) that runs at so many degrees, as one sees it.

    A phase of π/2 makes an edge, 0 a line.
    """
    axis = np.arange(size) - (size - 1) / 2
    down, right = np.meshgrid(axis, axis, indexing="ij")
    angle = np.radians(runs_at)
    across = right * np.sin(angle) + down * np.cos(angle)
    window = np.exp(-(right**2 + down**2) / (2 * (size / 3) ** 2))
    picture = window * np.cos(2 * np.pi * across / size - phase)
    return (picture[:, :, None, None] * np.array(colour)[:, None]).astype(np.float32)


def glorot_uniform(
    size: int, channels: int, filters: int, generator: np.random.Generator
) -> np.ndarray:
    limit = np.sqrt(6 / (size * size * (channels + filters)))
    return generator.uniform(-limit, limit, (size, size, channels, filters)).astype(np.float32)
