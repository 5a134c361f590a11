"""Modules of PyTorch as a pickle keeps them: their parameters, their parts, their settings."""

from ..pickles import PickledObject


def is_module(found: PickledObject) -> bool:
    """Tells whether it is what a subclass of `nn.Module`, or a scripted one, becomes."""
    state = found.state
    if not isinstance(state, dict):
        return False
    return found.made_by.startswith("__torch__.") or {"_parameters", "_modules"} <= state.keys()
