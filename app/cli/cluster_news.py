"""What a command says of the cluster on which the runs of its sweep train."""

import contextlib
import logging
import sys
from collections.abc import Iterator
from dataclasses import replace

from tqdm import tqdm

from ..settings import Settings, scheduler_address
from .client import Client

_LOG = logging.getLogger("filterscope.cluster")


def with_scheduler(settings: Settings, asked: str | None, has_server: bool) -> Settings:
    """Returns the settings for a sweep on the cluster that was asked for, if one was.

    Args:
        asked: for its scheduler, on the command line.
        has_server: whether a server runs that will do it.

    Raises:
        ValueError: it is no address, or its workers couldn't reach a server made for the while.
    """
    if asked is not None:
        address = scheduler_address("--scheduler", asked)
        settings = replace(settings, scheduler=address)
    if not has_server and settings.is_cluster_far:
        raise ValueError(
            f"workers of the cluster at {settings.scheduler} can't reach a server that is made for "
            "one sweep: start “serve --host ADDRESS --scheduler …” first, then this again"
        )
    return settings


@contextlib.contextmanager
def told_once() -> Iterator[None]:
    """Keeps a server in this process from logging as well what `ClusterNews` tells."""
    _LOG.addFilter(_is_no_warning)
    try:
        yield
    finally:
        _LOG.removeFilter(_is_no_warning)


def _is_no_warning(record: logging.LogRecord) -> bool:
    return record.levelno != logging.WARNING


class ClusterNews:
    """Tells on standard error, once each, why no run trains on the cluster, and when one can.

    Args:
        client: of the server.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._message: str | None = None
        self._scheduler: str | None = client.call("GET", "/api/cluster")["scheduler"]

    def check(self, asked: str | None) -> None:
        """Raises ValueError where another scheduler was asked for than the server has."""
        if asked is not None and asked != self._scheduler:
            has = f"has the one at {self._scheduler}" if self._scheduler else "has none"
            raise ValueError(
                f"the server at {self._client.url} {has}: end it and start "
                f"“serve --scheduler {asked}”"
            )

    def tell(self) -> None:
        """Says what has changed since it was last asked."""
        if self._scheduler is None:
            return
        told = self._client.call("GET", "/api/cluster")
        message: str | None = told["message"]
        if message == self._message:
            return
        well = f"The cluster at {self._scheduler} trains: workers {told['workers']}, "
        tqdm.write(message or f"{well}threads {told['threads']}.", file=sys.stderr)
        self._message = message
