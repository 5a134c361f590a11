"""One run in a worker, from its job to its last event."""

import contextlib
import traceback
from collections import deque
from collections.abc import Callable
from pathlib import Path

from ..datasets import Dataset
from ..engine.plan import ParallelPlan
from ..events import EncodedEvent
from ..numerics import Numerics, numerics_here
from ..past import Past
from ..recipe import Recipe
from ..training import checkpoint
from ..training.checkpoint import Unreadable
from ..training.loop import Training
from ..training.retelling import Different, Retelling
from ..training.steering import Steering
from . import server_events
from .checkpoint_spacing import PATIENCE_SECONDS, CheckpointSpacing
from .memory import peak_memory_bytes
from .messages import Command, Hold, Job, Leave, Report
from .session_line import SessionLine
from .stopwatch import Stopwatch

Load = Callable[[Recipe, Path], Dataset]
Message = Command | Hold | Leave


_ENDS_WITH_STATE = {"run_finished", "run_stopped"}  # whoever wants may go on from there
_COPIES = 3  # of the parameters in a checkpoint, at most: themselves, and an optimiser's memory


class Left(Exception):
    """The server wants this process to end."""


class Session:
    """Trains one run, tells the server of it, and obeys between updates.

    Args:
        line: to the server.
        job: what to train, and what of it is on record already.
        load: gives a recipe's data.
        cache_folder: where generated data sets and null tables are kept.
        plan: who works on a batch at the same time.
    """

    def __init__(
        self,
        line: SessionLine,
        job: Job,
        load: Load,
        cache_folder: Path,
        plan: ParallelPlan | None = None,
    ) -> None:
        self._line = line
        self._job = job
        self._load = load
        self._cache_folder = cache_folder
        self._plan = plan
        self._steering: Steering | None = None
        self._unheard: deque[Message] = deque()
        self._is_held = False
        self._earlier_seconds = job.past.training_seconds if job.past else 0.0
        self._work = Stopwatch()
        self._tell_at = 0.0
        self._numerics: Numerics | None = None  # until it is told
        self._pace = CheckpointSpacing(_COPIES * 4 * job.recipe.parameters)

    def serve(self) -> None:
        """Trains until the run is over. Raises Left, or EOFError and the like without a server."""
        try:
            steering = self._start()
            while not steering.is_over:
                if steering.is_paused or self._is_held or self._is_spoken_to():
                    self._hear(self._next_message(), steering)
                else:
                    self._go_on(steering)
        except (EOFError, ConnectionError, Left):  # the server is gone, or nobody wants more
            raise
        except Different as difference:
            self._send([server_events.not_reproduced(self._step, str(difference))], is_over=True)
        except Exception as problem:
            traceback.print_exc()
            crash = traceback.format_exc()
            told = [*self._last_words(), server_events.broken(self._step, problem)]
            self._send(told, is_over=True, crash=crash)

    def _start(self) -> Steering:
        self._numerics = numerics_here()
        with self._work.running():
            dataset = self._load(self._job.recipe, self._cache_folder)
            if self._job.past is None:
                steering = self._steering = self._fresh(dataset)
                told = steering.training.begin()
        if self._job.past is None:
            self._send(told)
            return steering
        return self._resume(dataset, self._job.past)

    def _fresh(self, dataset: Dataset) -> Steering:
        job = self._job
        training = Training(job.recipe, dataset, self._cache_folder, self._plan, job.beginning)
        return Steering(training)

    def _resume(self, dataset: Dataset, past: Past) -> Steering:
        """Goes past what was told since the last checkpoint without telling it again.

        What now computes otherwise need not come to the same, but that is told.
        """
        is_bound = past.is_bound(numerics_here())
        with self._work.running():
            steering, seq = self._restored(dataset, past)
            kept = [event for event in past.kept if event.seq > seq]
            retelling = Retelling(steering, kept, is_exact=is_bound)
            news = [] if seq else retelling.begin()
        while not retelling.is_done:
            with self._work.running():
                news += retelling.go_on()
            if self._line.poll():
                self._put_off(self._line.recv())
        self._earlier_seconds -= self._work.seconds  # that was trained before
        self._steering = steering
        if not is_bound:
            now = numerics_here()
            news = [server_events.numerics_changed(past.step, past.numerics, now), *news]
        self._send(news, is_over=steering.is_over)
        return steering

    def _restored(self, dataset: Dataset, past: Past) -> tuple[Steering, int]:
        """Gives the training at its checkpoint, and up to which seq it told; else from its
        beginning.
        """
        steering = self._fresh(dataset)
        if past.checkpoint is None:
            return steering, 0
        try:
            steering.load_state(checkpoint.unpack(past.checkpoint))
        except Unreadable:
            return self._fresh(dataset), 0
        return steering, past.checkpoint_seq

    def _put_off(self, message: Message) -> None:
        if isinstance(message, Leave):
            raise Left
        self._unheard.append(message)

    def _go_on(self, steering: Steering) -> None:
        with self._work.running():
            told = steering.go_on(patiently=True)
        if self._work.seconds >= self._tell_at:  # asked after the update, which may have taken long
            with self._work.running():
                told = [*told, *steering.training.tell()]
        if told or self._pace.is_due(self._work.seconds):
            self._send(told, is_over=steering.is_over)

    def _last_words(self) -> list[EncodedEvent]:
        """Tells what was pending when training broke, unless telling it is what broke."""
        with contextlib.suppress(Exception):
            return self._steering.training.tell() if self._steering else []
        return []

    def _is_spoken_to(self) -> bool:
        return bool(self._unheard) or self._line.poll()

    def _next_message(self) -> Message:
        if self._unheard:
            return self._unheard.popleft()
        message: Message = self._line.recv()
        return message

    def _hear(self, message: Message, steering: Steering) -> None:
        if isinstance(message, Leave):
            self._send([], is_last=True)
            raise Left
        if isinstance(message, Hold):
            self._is_held = message.is_held
            return
        told = steering.obey(message.instruction)
        self._send(told, is_over=steering.is_over, answers=message.number)

    @property
    def _step(self) -> int:
        """How far the run is for whoever reads its log."""
        past = self._job.past.step if self._job.past else 0
        return max(past, self._steering.step if self._steering else 0)

    def _send(
        self,
        told: list[EncodedEvent],
        *,
        is_over: bool = False,
        is_last: bool = False,
        answers: int | None = None,
        crash: str | None = None,
    ) -> None:
        cost = Stopwatch()
        with cost.running():
            has_state = self._report(told, is_over, is_last, answers, crash)
        self._tell_at = self._work.seconds + PATIENCE_SECONDS
        if has_state:
            self._pace.taken(self._work.seconds, cost.seconds)

    def _report(
        self,
        told: list[EncodedEvent],
        is_over: bool,
        is_last: bool,
        answers: int | None,
        crash: str | None,
    ) -> bool:
        """Tells the server; True if with a checkpoint."""
        is_paused = self._steering is not None and self._steering.is_paused
        is_due = is_last or is_paused or self._pace.is_due(self._work.seconds)
        if is_over:
            is_due = bool(told) and told[-1].kind in _ENDS_WITH_STATE
        state = None
        if is_due and self._steering is not None:
            told = [*told, *self._steering.training.tell()]
            state = checkpoint.pack(self._steering.state())
        report = Report(
            run_id=self._job.run_id,
            events=told,
            training_seconds=self._earlier_seconds + self._work.seconds,
            is_paused=is_paused,
            is_over=is_over,
            answers=answers,
            checkpoint=state,
            crash=crash,
            peak_memory_bytes=peak_memory_bytes(),
            numerics=self._numerics,
        )
        self._numerics = None
        self._line.send(report)
        return state is not None
