"""A Dask scheduler, reached or not: one sentence for each reason."""

import contextlib
import socket
import warnings
from typing import Any
from urllib.parse import urlsplit

_KNOCK_SECONDS = 3
_CONNECT_SECONDS = 5
_LENGTH_BYTES = 8  # by which each message of Dask begins, little-endian
_NOT_A_LENGTH = b"\xff" * _LENGTH_BYTES
_MOST_GREETED_BYTES = 2**20
_NAMED = 3  # workers of another version


class Unreachable(Exception):
    """Says as a sentence why no scheduler can be used."""


def reached(address: str) -> Any:
    """Returns a client of the scheduler. Raises Unreachable."""
    try:
        from distributed import Client
    except ImportError:
        words = "Dask isn't installed beside the server: pip install 'filterscope[cluster]'."
        raise Unreachable(words) from None
    _knock(address)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # versions are looked at below
            client = Client(
                address, timeout=_CONNECT_SECONDS, set_as_default=False, name="filterscope"
            )
    except (ValueError, TypeError) as problem:  # an address, or a certificate, that can't be meant
        words = f"The scheduler at {address} can't be asked: {problem}."
        raise Unreachable(words) from None
    except Exception as problem:
        raise Unreachable(_not_dask(address)) from problem
    try:
        _check_versions(client, address)
    except BaseException:
        with contextlib.suppress(Exception):
            client.close(timeout=1)
        raise
    return client


def _knock(address: str) -> None:
    """Sees whether a scheduler listens there: a client waits for whatever else does for ever."""
    where = urlsplit(address)
    try:
        with socket.create_connection((where.hostname, where.port), _KNOCK_SECONDS) as line:
            told = line.recv(_LENGTH_BYTES) if where.scheme == "tcp" else b""
    except TimeoutError:
        told = _NOT_A_LENGTH
    except OSError:
        words = f"No scheduler answers at {address}; runs of sweeps wait until one does."
        raise Unreachable(words) from None
    if int.from_bytes(told, "little") > _MOST_GREETED_BYTES:  # what Dask says first is short
        raise Unreachable(_not_dask(address))


def _not_dask(address: str) -> str:
    return f"What listens at {address} doesn't answer as a Dask scheduler of this version does."


def _check_versions(client: Any, address: str) -> None:
    """Sees to it that all speak the same version, as Dask asks for."""
    told = client.get_versions()
    here = _version(told["client"])
    if (there := _version(told["scheduler"])) != here:
        words = f"The scheduler at {address} speaks Dask {there}, this server {here}"
        raise Unreachable(f"{words}: install the same version at both ends.")
    others = {name: _version(one) for name, one in told["workers"].items()}
    wrong = [f"{name} ({version})" for name, version in others.items() if version != here]
    if wrong:
        named = ", ".join(wrong[:_NAMED])
        words = f"Workers of the cluster speak another Dask than this server ({here}): {named}"
        raise Unreachable(f"{words}. Install the same version everywhere.")


def _version(told: dict[str, Any]) -> str:
    return str(told["packages"].get("distributed"))
