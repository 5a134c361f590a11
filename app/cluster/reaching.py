"""A Dask scheduler, reached or not: one sentence for each reason."""

import contextlib
import warnings
from importlib.metadata import version
from typing import Any

from .knocking import Unreachable, knock, not_dask

_CONNECT_SECONDS = 5
_NAMED = 3  # workers of another version


def reached(address: str) -> Any:
    """Returns a client of the scheduler. Raises Unreachable."""
    try:
        from distributed import Client
    except ImportError:
        words = "Dask isn't installed beside the server: pip install 'filterscope[cluster]'."
        raise Unreachable(words) from None
    knock(address)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # versions are looked at below
            client = Client(
                address, timeout=_CONNECT_SECONDS, set_as_default=False, name="filterscope"
            )
    except ValueError as problem:  # an address that can't be meant
        words = f"The scheduler at {address} can't be asked: {problem}."
        raise Unreachable(words) from None
    except TypeError as problem:  # one of them asks for what the other doesn't know
        words = f"The scheduler at {address} speaks another version of Dask than this server"
        raise Unreachable(
            f"{words} ({version('distributed')}): install the same at both ends."
        ) from problem
    except Exception as problem:
        raise Unreachable(not_dask(address)) from problem
    try:
        check_versions(client, address)
    except BaseException:
        with contextlib.suppress(Exception):
            client.close(timeout=1)
        raise
    return client


def check_versions(client: Any, address: str) -> None:
    """Sees to it that all speak the same version, as Dask asks for. Raises Unreachable."""
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
