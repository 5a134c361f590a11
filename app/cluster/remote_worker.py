"""A task of the cluster, as the supervisor holds its workers."""

import platform
from collections.abc import Callable
from multiprocessing import Pipe
from typing import NamedTuple

from .mail import RemoteMail


class LostTask(NamedTuple):
    """What is known of a task that ended with a run in hand.

    Attributes:
        words: how it ended, for the page: no path, no trace.
    """

    words: str

    @property
    def advice(self) -> str:
        """What to try next."""
        return (
            "Run it again; if it breaks at the same step, look at the logs of the cluster's "
            "workers, and give each more memory if that is short."
        )

    def report(self, run_id: str, step: int) -> str:
        """Returns all that helps to find out why."""
        return (
            f"Run {run_id}, after step {step}: the task of the cluster {self.words}.\n"
            f"Server: Python {platform.python_version()}, {platform.platform()}.\n"
            "Why it did stands in the log of the worker that had it."
        )


class RemoteWorker:
    """One run's place on the cluster; tasks come and go, of which one at a time may tell it.

    Args:
        lease: the secret by which its tasks are known.
        ring: called when there is something to take in.
        submit: called when a task is wanted.
        release: called when no task is wanted any more.

    Attributes:
        mail: what is said to its task, and what that says.
        pid: of no process here.
        sentinel: becomes ready to wait on when the run's place is lost.
        is_closed: whether it was let go.
    """

    pid = 0

    def __init__(
        self,
        lease: str,
        ring: Callable[[], None],
        submit: Callable[[str], None],
        release: Callable[[str], None],
    ) -> None:
        self.lease = lease
        self.mail = RemoteMail(ring, lambda: submit(lease))
        self.sentinel, self._rope = Pipe(duplex=False)
        self.is_closed = False
        self._release = release
        self._words = "was let go"

    def lose(self, words: str) -> None:
        """Notes that no task will go on with the run, and why; any thread may call it."""
        self._words = words
        self.kill()

    def kill(self) -> None:
        """Shuts the task out: with its next question it learns that it isn't wanted."""
        self.mail.end()
        if not self.is_closed:
            self._rope.close()

    def close(self, timeout_seconds: float = 0.0) -> None:
        """Lets the run's place go."""
        if self.is_closed:
            return
        self.kill()
        self.mail.forget()
        self.is_closed = True
        self.sentinel.close()
        self._release(self.lease)

    def discard(self) -> None:
        """Lets it go at once."""
        self.close()

    def how_it_ended(self, peak_memory_bytes: int) -> LostTask:
        """Says what is known of the task's end."""
        return LostTask(self._words)
