"""A knock at a scheduler's address, for a client of Dask waits for whatever else listens there."""

import socket
import ssl
from urllib.parse import urlsplit

_KNOCK_SECONDS = 3
_LENGTH_BYTES = 8  # by which each message of Dask begins, little-endian
_MOST_GREETED_BYTES = 2**20
_FILES = "DASK_DISTRIBUTED__COMM__TLS__CA_FILE, …__CLIENT__CERT and …__CLIENT__KEY"


class Unreachable(Exception):
    """Says as a sentence why no scheduler can be used."""


def knock(address: str) -> None:
    """Sees whether a scheduler listens there, and with `tls://` whether both trust each other.

    Raises:
        Unreachable: nobody does, or something else.
    """
    where = urlsplit(address)
    context = client_context(address) if where.scheme == "tls" else None
    try:
        line = socket.create_connection((where.hostname, where.port), _KNOCK_SECONDS)
    except OSError:
        words = f"No scheduler answers at {address}; runs of sweeps wait until one does."
        raise Unreachable(words) from None
    with line:
        try:
            greeting = _greeting(line, context)
        except ssl.SSLError as problem:
            raise Unreachable(_untrusted(address, problem)) from None
        except OSError as problem:
            raise Unreachable(_silent(address, context, problem)) from None
    if not 0 < int.from_bytes(greeting, "little") <= _MOST_GREETED_BYTES:  # it is short
        raise Unreachable(not_dask(address))


def client_context(address: str) -> ssl.SSLContext:
    """Returns the certificate to show, and the authority to trust, as Dask is told of them.

    Raises:
        Unreachable: it isn't told, or they can't be read.
    """
    from distributed.security import Security

    try:
        context = Security().get_connection_args("client")["ssl_context"]
    except (OSError, ValueError) as problem:  # an SSLError is an OSError, too
        told = f"{type(problem).__name__}: {problem}"
        words = f"The certificate for the scheduler at {address} can't be read ({told})"
        raise Unreachable(f"{words}: look at {_FILES}.") from None
    if not isinstance(context, ssl.SSLContext):
        words = f"The scheduler at {address} wants a certificate and none is set"
        raise Unreachable(f"{words}: say {_FILES}.")
    return context


def not_dask(address: str) -> str:
    """Says that what listens there speaks otherwise."""
    return f"What listens at {address} doesn't answer as a Dask scheduler of this version does."


def _greeting(line: socket.socket, context: ssl.SSLContext | None) -> bytes:
    if context is None:
        return line.recv(_LENGTH_BYTES)
    with context.wrap_socket(line) as inner:
        return inner.recv(_LENGTH_BYTES)  # with TLS 1.3 a refusal of ours comes only here


def _silent(address: str, context: ssl.SSLContext | None, problem: OSError) -> str:
    """Says that nothing came, or the line was cut; a scheduler with TLS awaits the first word."""
    if context is None and isinstance(problem, TimeoutError):
        other = address.replace("tcp://", "tls://")
        return f"{not_dask(address)} If it asks for certificates, its address is {other}."
    return not_dask(address)


def _untrusted(address: str, problem: ssl.SSLError) -> str:
    if isinstance(problem, ssl.SSLCertVerificationError):
        words = f"The certificate of the scheduler at {address} isn't one to trust"
        return f"{words} ({problem.verify_message}): CA_FILE must name who signed it."
    told = (problem.reason or "").lower()
    if "alert" in told:
        words = f"The scheduler at {address} refuses this server's certificate"
        said = told.partition("alert_")[2].replace("_", " ")
        return f"{words} ({said or told}): have it signed by the cluster's authority."
    return f"What listens at {address} speaks no TLS; if it is a scheduler without, say tcp://."
