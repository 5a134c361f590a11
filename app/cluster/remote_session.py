"""One run on a machine of the cluster: fetched, trained as on the server, told."""

import contextlib
import os
import socket

from .. import __version__
from ..client.answering import Connection
from ..settings import Settings
from ..workers.session import Left, Session
from ..workers.worker import OWN_PROCESS
from .fetched_pictures import loading
from .http_line import HttpLine
from .server_question import ServerQuestion, ShutOut
from .wire import job_in

_ANSWER_SECONDS = 30.0


def trained(server: str, token: str | None, lease: str, worker: str) -> dict[str, str]:
    """Trains the run of a lease at a worker of the cluster; returns how that ended."""
    question = ServerQuestion(Connection(server, token, _ANSWER_SECONDS), lease)
    try:
        packet = question.begin(__version__, socket.gethostname(), os.getpid(), worker)
        job, attempt = job_in(packet)
    except ShutOut as why:
        return {"outcome": why.outcome, "words": str(why)}
    except (ValueError, KeyError, TypeError) as problem:
        words = f"The server's answer can't be read ({problem}): is it of this version?"
        return {"outcome": "unfit", "words": words}
    cache_folder = Settings.from_environment().cache_folder
    load = loading(ServerQuestion(Connection(server, token, _ANSWER_SECONDS), lease).pictures)
    with (
        HttpLine(question, job.run_id, attempt, socket.gethostname()) as line,
        contextlib.suppress(EOFError, ConnectionError, Left),
    ):
        Session(line, job, load, cache_folder, OWN_PROCESS).serve()
        line.flush()
    return {"outcome": "over", "words": ""}
