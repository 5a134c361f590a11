"""Runs that are told of faster than usual, so that tests needn't wait."""

from typing import Any

from app.client.pace import Pace
from app.client.run import WatchedRun
from app.client.settings import settings_of

FAST = Pace(gather=0.01, rows=0.02, answer=0.3, retry=0.02, longest=0.1)


def watched(to: str | None, pace: Pace = FAST, **said: Any) -> WatchedRun:
    nothing = dict.fromkeys(
        ("token", "layers", "total_steps", "on_alert", "key", "from_step"), None
    )
    return WatchedRun(settings_of(to, **{"name": "mine", **nothing, **said}), None, pace)
