"""A run that isn't watched, and can be told everything all the same."""

from __future__ import annotations

from typing import Any


class SilentRun:
    """Takes whatever a watched run takes, and does nothing."""

    count = 0
    total_steps: int | None = None
    layers: tuple[str, ...] = ()
    wanted: tuple[int, ...] = ()
    name, key, url, file, is_over = "", "", None, None, True
    at_close: Any = None
    before_row: Any = None

    def __enter__(self) -> SilentRun:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def register(self, told: Any) -> None:
        """Does nothing."""

    def snapshot(self, step: int, arrays: Any) -> None:
        """Does nothing."""

    def log(self, values: Any = None, /, *, step: int | None = None, **named: Any) -> None:
        """Does nothing."""

    def evaluated(self, step: int, *, loss: Any = None, accuracy: Any = None) -> None:
        """Does nothing."""

    def step(
        self, kernels: Any, step: int | None = None, *, last: bool = False, **values: Any
    ) -> None:
        """Does nothing."""

    def heard(self) -> None:
        """Does nothing."""

    def say(self, words: str) -> None:
        """Does nothing."""

    def close(self, outcome: str = "finished", message: str | None = None) -> None:
        """Does nothing."""
