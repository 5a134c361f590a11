"""Why a worker died: a sentence for the page, a report for whoever mends it."""

import platform
import re
import signal
from typing import NamedTuple

_MEBIBYTE = 1024**2
_PATH = re.compile(r"(?:[A-Za-z]:)?(?:[\\/][\w.+@-]+){2,}[\\/]?")


class Death(NamedTuple):
    """What is known of a worker that ended with a run in hand.

    `exit_code` as multiprocessing has it, negative for a signal; `killed_for_memory` is None where
    the kernel can't say; `trace` is where each thread stood, if the process could still tell.
    """

    exit_code: int
    peak_memory_bytes: int
    killed_for_memory: bool | None
    trace: str

    @property
    def words(self) -> str:
        """How it ended, for the page: no path, no trace."""
        used = f"; it had used {self.peak_memory_bytes / _MEBIBYTE:,.0f} MiB of memory"
        if self.exit_code == -signal.SIGKILL:
            return f"was killed{_BY[self.killed_for_memory]}{used}"
        if self.exit_code < 0:
            return f"was ended by signal {_signal_name(-self.exit_code)}{used}"
        return f"ended by itself with exit code {self.exit_code}{used}"

    @property
    def advice(self) -> str:
        """What to try next."""
        if self.exit_code == -signal.SIGKILL and self.killed_for_memory is not False:
            return "Run it again with a smaller batch_size or fewer filters."
        return "Run it again; if it breaks at the same step, please report it with its recipe."

    def report(self, run_id: str, step: int) -> str:
        """Returns all that helps to find out why."""
        return "\n".join(
            [
                f"Run {run_id}, after step {step}: the worker {self.words}.",
                f"Exit code {self.exit_code}, {platform.platform()}.",
                f"Python {platform.python_version()}.",
                self.trace or "The process left no trace.",
            ]
        )


_BY = {
    True: " by the kernel because the machine ran out of memory",
    False: " from outside, not for want of memory",
    None: ", perhaps because the machine ran out of memory",
}


def without_paths(text: str) -> str:
    """Returns `text` with every path of this machine taken out."""
    return _PATH.sub("…", text)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # a real-time signal has no name
        return str(number)
