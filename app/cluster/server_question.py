"""What a task asks of the server: its job, whether a report is on disk, and what is wanted."""

import io
import json
import time
from typing import Any

from ..client.answering import Answer, Away, Connection
from ..external.packets import MEDIA_TYPE, Packet, PacketBroken, packets_in
from ..kept_pictures import PicturesGone
from .notices import Outcome
from .report_wire import PIECE_BYTES
from .wire import LARGEST_JOB_BYTES, Said, said_in

_BUSY = (408, 425, 429, 500, 502, 503, 504)
_OTHER_VERSION = "other_version"
_JSON = "application/json"
_AGAIN_AFTER_SECONDS = 1.0
_AWAY_SECONDS = 60.0


class ShutOut(Exception):
    """The server wants nothing of this task any more; says why, and what that makes of the task."""

    def __init__(self, why: str, outcome: Outcome = "over") -> None:
        super().__init__(why)
        self.outcome: Outcome = outcome


class NotNow(Exception):
    """The server is away or has no room; says how long to wait, where it does."""

    def __init__(self, why: str, seconds: float | None = None) -> None:
        super().__init__(why)
        self.seconds = seconds


class ServerQuestion:
    """Asks for one lease. One thread at a time.

    Args:
        connection: to the server.
        lease: of the run.

    Attributes:
        answered: how many questions and pieces of reports the server has answered.
        answered_at: when it last did, by the monotonic clock.
    """

    def __init__(self, connection: Connection, lease: str) -> None:
        self.answered, self.answered_at = 0, 0.0
        self._connection = connection
        self._path = f"/api/cluster/tasks/{lease}"
        self.close = connection.close

    def begin(self, version: str, host: str, process: int, worker: str) -> Packet:
        """Begins an attempt; returns what is to be trained.

        Raises:
            ShutOut: nothing is, or not by this task.
            PacketBroken: what came is no packet.
        """
        said = {"version": version, "host": host, "process": process, "worker": worker}
        body = json.dumps(said).encode()
        try:
            answer, data = self._connection.fetch(
                f"{self._path}/attempts", body, _JSON, LARGEST_JOB_BYTES
            )
            _check(answer)
        except (Away, NotNow) as why:
            words = f"A worker of the cluster ({host}) can't reach the server: {why}."
            raise ShutOut(words, "unfit") from None
        packet = next(packets_in(io.BytesIO(data), LARGEST_JOB_BYTES), None)
        if packet is None:
            raise PacketBroken("is empty")
        return packet

    def report(
        self, attempt: int, number: int, packet: bytes, heard: int, run_id: str
    ) -> list[Said]:
        """Sends a report; when this returns, it is on disk there. Returns as `listen`.

        Raises:
            NotNow: send it again.
            ShutOut: don't.
        """
        path = f"{self._path}/reports/{number}?attempt={attempt}&heard={heard}"
        pieces = range(0, len(packet), PIECE_BYTES)
        for at, start in enumerate(pieces):
            piece = f"&piece={at}&of={len(pieces)}" if len(pieces) > 1 else ""
            body = packet[start : start + PIECE_BYTES]
            answer = self._asked("PUT", path + piece, body, MEDIA_TYPE)
        return self._said(answer, run_id)

    def pictures(self, name: str) -> bytes:
        """Returns a file of the run's own pictures, asked for until the server answers.

        Raises:
            PicturesGone: it can't be had.
        """
        path, body = f"{self._path}/pictures", json.dumps({"file": name}).encode()
        deadline: float | None = None  # begins when it first fails, however long files take
        while True:
            try:
                answer, data = self._connection.fetch(path, body, _JSON, LARGEST_JOB_BYTES)
                _check(answer)
                return data
            except (Away, NotNow) as why:
                reason = str(why)
            except ShutOut as why:
                reason, deadline = str(why), 0.0
            now = time.monotonic()
            deadline = now + _AWAY_SECONDS if deadline is None else deadline
            if now > deadline:
                words = "the run's pictures can't be fetched from the server"
                raise PicturesGone(f"{words}: {reason}")
            time.sleep(_AGAIN_AFTER_SECONDS)

    def listen(self, attempt: int, heard: int, run_id: str, *, goes_on: bool) -> list[Said]:
        """Returns what is wanted of the run since what was `heard` last; raises as `report`."""
        said: dict[str, Any] = {"attempt": attempt, "heard": heard, "goes_on": goes_on}
        path, body = f"{self._path}/questions", json.dumps(said).encode()
        return self._said(self._asked("POST", path, body, _JSON), run_id)

    def _asked(self, method: str, path: str, body: bytes, media_type: str) -> Answer:
        try:
            answer = self._connection.ask(method, path, body, media_type)
        except Away as why:
            raise NotNow(str(why)) from None
        _check(answer)
        self.answered, self.answered_at = self.answered + 1, time.monotonic()
        return answer

    def _said(self, answer: Answer, run_id: str) -> list[Said]:
        try:
            return [said_in(told, run_id) for told in answer.told["said"]]
        except (KeyError, TypeError):
            raise ShutOut("what answers there is no Filterscope of this version") from None


def _check(answer: Answer) -> None:
    if answer.status < 300:
        return
    error = answer.told.get("error")
    told = error if isinstance(error, dict) else {}
    why = str(told.get("message") or f"it answers {answer.status}").rstrip(".")
    if answer.status in _BUSY:
        raise NotNow(why, answer.retry_after)
    is_unfit = told.get("code") == _OTHER_VERSION or answer.status in (401, 403)
    raise ShutOut(why, "unfit" if is_unfit else "over")
