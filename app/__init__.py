"""Filterscope: watch a convolutional network's filters learn."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .client.watching import watch as watch

__version__ = "0.2.0"


def __getattr__(name: str) -> Any:
    """Gives `watch`, which is read only where a training asks for it."""
    if name == "watch":
        from .client.watching import watch

        return watch
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
