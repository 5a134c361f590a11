"""A server that is told of a run: registration, batches, and what its answers mean."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from ..external.packets import MEDIA_TYPE
from .answering import Answer, Away, Connection
from .recognizing import is_filterscope

_NOT_OURS = (404, 405, 501)  # what other programs answer that listen there
_BUSY = (408, 425, 429, 500, 502, 503, 504)
_MOST_TRIES = 5  # at an attempt that somebody else begins at the same time


class Busy(Exception):
    """The server answers and can't take anything now; says why, and how long to wait."""

    def __init__(self, why: str, seconds: float | None) -> None:
        super().__init__(why)
        self.seconds = seconds


class RunRefused(Exception):
    """The server takes nothing of this run, now or later; says why."""


class NobodyThere(Exception):
    """Something answers at the address, but it isn't a Filterscope that takes such runs."""


class Welcome(NamedTuple):
    """What a server answers to a registration.

    Attributes:
        url: of the run's page.
        next: the number of the item that it wants first.
        wanted: places of layers that somebody looks at.
    """

    url: str
    next: int
    attempt: int
    wanted: tuple[int, ...]


class Heard(NamedTuple):
    """What a server answers to a batch: layers that somebody looks at, and alerts."""

    wanted: tuple[int, ...]
    alerts: tuple[dict[str, Any], ...]


class RemoteServer:
    """Speaks for one run.

    Args:
        url: of the server.
        key: of the run.
        goes_on: whether the run is one that another process began.
        is_usual: whether nobody said that a server is there: another program that listens must
            not see the token.
    """

    def __init__(
        self,
        url: str,
        token: str | None,
        key: str,
        seconds: float,
        *,
        goes_on: bool,
        is_usual: bool = False,
    ) -> None:
        self.url, self._path, self._goes_on = url, f"/api/external/{key}", goes_on
        self._connection = Connection(url, token, seconds)
        self._asks_first = is_usual and token is not None
        self._seconds = seconds
        self._attempt = 1
        self.break_off = self._connection.break_off
        self.close = self._connection.close

    def begin(self, registration: Mapping[str, Any], from_step: int) -> Welcome:
        """Registers the run, or begins another attempt at it.

        Raises:
            Away, Busy: try again.
            RunRefused, NobodyThere: don't.
        """
        if self._asks_first and not is_filterscope(self.url, self._seconds):
            raise NobodyThere("doesn't answer as Filterscope does")
        begins = {"from_step": from_step} if from_step else {}
        answer = self._ask("PUT", self._path, {**registration, **begins})
        for _ in range(_MOST_TRIES if self._goes_on else 0):
            if _code(answer) != "attempt_taken":
                break
            said = {**registration, "attempt": _limit(answer) + 1, "from_step": from_step}
            attempt = {name: said[name] for name in ("attempt", "from_step", "client")}
            answer = self._ask("POST", f"{self._path}/attempts", attempt)
        if answer.status in _NOT_OURS:
            raise NobodyThere(f"answers {answer.status}")
        _check(answer)
        told = answer.told
        try:
            self._attempt = int(told["attempt"])
            page = f"{self.url}{told['url']}" if told["url"].startswith("/") else told["url"]
            return Welcome(page, int(told["next"]), self._attempt, _places(told))
        except (KeyError, TypeError, ValueError, AttributeError):
            raise NobodyThere("doesn't answer as Filterscope does") from None

    def send(self, first: int, packet: bytes) -> Heard:
        """Sends a batch; when this returns, it is on disk there.

        Raises:
            Away, Busy: send it again.
            RunRefused: don't.
        """
        path = f"{self._path}/batches/{first}?attempt={self._attempt}"
        answer = self._connection.ask("PUT", path, packet, MEDIA_TYPE)
        _check(answer)
        alerts = answer.told.get("alerts")
        found = alerts if isinstance(alerts, list) else []
        return Heard(_places(answer.told), tuple(one for one in found if isinstance(one, dict)))

    def _ask(self, method: str, path: str, said: Mapping[str, Any]) -> Answer:
        body = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
        return self._connection.ask(method, path, body, "application/json")


def _check(answer: Answer) -> None:
    if answer.status < 300:
        return
    error = answer.told.get("error")
    message = str(error.get("message", "")) if isinstance(error, dict) else ""
    why = message or f"it answers {answer.status}"
    if answer.status in _BUSY:
        raise Busy(why, answer.retry_after)
    if 300 <= answer.status < 400:
        raise RunRefused(f"it answers {answer.status}: another address is meant")
    if answer.status == 401:
        why += " Say watch(token=…) or set FILTERSCOPE_TOKEN."
    raise RunRefused(why)


def _code(answer: Answer) -> str | None:
    error = answer.told.get("error") if answer.status == 409 else None
    return error.get("code") if isinstance(error, dict) else None


def _limit(answer: Answer) -> int:
    try:
        return int(answer.told["error"]["limit"])
    except (KeyError, TypeError, ValueError):
        return 1


def _places(told: Mapping[str, Any]) -> tuple[int, ...]:
    wanted = told.get("wanted")
    return tuple(one for one in wanted if isinstance(one, int)) if isinstance(wanted, list) else ()


__all__ = ["Away", "Busy", "Heard", "NobodyThere", "RemoteServer", "RunRefused", "Welcome"]
