"""Who looks after runs where those of sweeps train on a cluster: one here, and one for it."""

from concurrent.futures import Future
from typing import Any

from ..recipe import Recipe
from .supervisor import Supervisor


class Supervisors:
    """Passes what is asked of a run on to the supervisor that has it, with a supervisor's methods.

    Args:
        own: of this machine's workers; runs that are started alone are its.
        cluster: of those of a cluster, which have the runs of sweeps.
    """

    def __init__(self, own: Supervisor, cluster: Supervisor) -> None:
        self._own = own
        self._cluster = cluster

    def open(self) -> None:
        """Starts looking after workers."""
        self._own.open()
        self._cluster.open()

    @property
    def trouble(self) -> str | None:
        """Why no run can train just now, in words; None if all is well."""
        return self._own.trouble or self._cluster.trouble

    def start(self, run_id: str, recipe: Recipe) -> None:
        """Puts a run in line that was asked for alone."""
        self._own.start(run_id, recipe)

    def resume(self, *on_record: Any, of_sweep: bool = False) -> "Future[None]":
        """Puts a run that was interrupted in line, as `Supervisor.resume`."""
        chosen = self._cluster if of_sweep else self._own
        return chosen.resume(*on_record, of_sweep=of_sweep)

    def command(self, run_id: str, **instruction: Any) -> "Future[None]":
        """Asks a live run for a change, as `Supervisor.command`."""
        return self._having(run_id).command(run_id, **instruction)

    def worker_of(self, run_id: str) -> int:
        """Gives the process id of the worker here that has a run. Raises KeyError if none has."""
        return self._own.worker_of(run_id)

    def close(self, timeout_seconds: float) -> None:
        """Ends all workers; live runs are left as interrupted."""
        self._cluster.close(timeout_seconds)
        self._own.close(timeout_seconds)

    def _having(self, run_id: str) -> Supervisor:
        return self._cluster if self._cluster.knows(run_id) else self._own


AnySupervisor = Supervisor | Supervisors
