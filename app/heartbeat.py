"""Whether a thread that serves all others still does."""

import threading
import time

SILENT_SECONDS = 30.0  # without a whole turn for so long, something hangs


class Heartbeat:
    """Notes each turn that a thread has made, for whoever wants to know whether it goes on.

    Args:
        thread: the thread.
        task: what it does for the others, as in “the thread that records events”.
    """

    def __init__(self, thread: threading.Thread, task: str) -> None:
        self.beat_at = time.monotonic()
        self._thread = thread
        self._task = task

    def beat(self) -> None:
        """Notes that the thread goes on; called by the thread, every few seconds at least."""
        self.beat_at = time.monotonic()

    @property
    def trouble(self) -> str | None:
        """Why nothing is done just now, in words; None if all is well."""
        if not self._thread.is_alive():
            return f"the thread that {self._task} has ended"
        silent = time.monotonic() - self.beat_at
        if silent > SILENT_SECONDS:
            return f"the thread that {self._task} did nothing for {silent:.0f} seconds"
        return None
