"""Reads what PyTorch saves: state dicts, checkpoints, whole modules, TorchScript; no code runs."""

from .legacy import is_legacy_torch
from .reading import read_legacy_torch, read_torch
from .zipped import is_zipped_torch

__all__ = ["is_legacy_torch", "is_zipped_torch", "read_legacy_torch", "read_torch"]
