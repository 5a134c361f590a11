"""What a script and its environment say of how it is to be watched."""

from __future__ import annotations

import os
import re
import secrets
import sys
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from .film_file import ENDING
from .saying import say, sendable_text

DEFAULT_URL = "http://127.0.0.1:8000"
_MOST_CLASSES = 1000
_OFF = ("off", "0", "no", "false", "never")
_NOTEBOOKS = ("ipykernel_launcher", "colab_kernel_launcher", "")


class WatchSettings(NamedTuple):
    """How a run is watched.

    Attributes:
        url: of the server; None where the run goes into a file.
        is_usual: whether nobody said so: it is where a server of this machine would be.
        file: where it goes then.
        key: by which server and files know the run.
        goes_on: whether another process may have begun the run under that key.
        from_step: updates made before this process.
        client: drawn anew in each process.
        layers: titles of layers that every snapshot holds.
        class_names: what the network tells apart, in the order of its outputs.
    """

    url: str | None
    is_usual: bool
    file: Path | None
    token: str | None
    name: str
    key: str
    goes_on: bool
    from_step: int
    client: str
    layers: tuple[str, ...]
    total_steps: int | None
    on_alert: Callable[[dict[str, Any]], object] | None
    class_names: tuple[str, ...] = ()


def is_switched_off(environment: Mapping[str, str] = os.environ) -> bool:
    """Tells whether nothing is to be watched: FILTERSCOPE_WATCH=off."""
    return environment.get("FILTERSCOPE_WATCH", "").strip().lower() in _OFF


def settings_of(
    to: str | os.PathLike[str] | None,
    token: str | None,
    name: str | None,
    layers: Sequence[str] | None,
    total_steps: int | None,
    on_alert: Callable[[dict[str, Any]], object] | None,
    key: str | None,
    from_step: int | None,
    class_names: Sequence[str] | None = None,
    environment: Mapping[str, str] = os.environ,
) -> WatchSettings:
    """Puts together what was said; the environment counts where the script says nothing.

    Raises:
        ValueError: something the script said can't be meant.
    """
    said = to if to is not None else environment.get("FILTERSCOPE_URL") or None
    url, file, token_in_link = _destination(DEFAULT_URL if said is None else said)
    if isinstance(layers, str):
        raise ValueError(f"layers={layers!r}: say a list of layers' names, as [{layers!r}]")
    if isinstance(class_names, str):
        raise ValueError(f"class_names={class_names!r}: say a list of names")
    if from_step is not None and from_step < 0:
        raise ValueError(f"from_step={from_step}: say how many updates were made before, 0 or more")
    if on_alert is not None and not callable(on_alert):
        raise ValueError(f"on_alert={on_alert!r}: say a function that takes an alert")
    going_on = _key(key) if key is not None else _key_of(environment)
    return WatchSettings(
        url=url,
        is_usual=said is None,
        file=file,
        token=token or environment.get("FILTERSCOPE_TOKEN") or token_in_link,
        name=sendable_text(name or _name_of_script()),
        key=going_on or uuid.uuid4().hex,
        goes_on=going_on is not None,
        from_step=from_step or 0,
        client=secrets.token_hex(8),
        layers=tuple(map(str, layers or ())),
        total_steps=None if total_steps is None else int(total_steps),
        on_alert=on_alert,
        class_names=tuple(sendable_text(str(one)) for one in class_names or ())[:_MOST_CLASSES],
    )


def _destination(to: str | os.PathLike[str]) -> tuple[str | None, Path | None, str | None]:
    """Tells an address from a file; a link that was copied from a server may hold its token."""
    said = os.fspath(to)
    if isinstance(to, str) and "://" in said:
        parts = urlsplit(said)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"to={said!r}: say an address that begins with http:// or https://")
        where = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}"
        return where, None, next(iter(parse_qs(parts.query).get("token", ())), None)
    if said.endswith(ENDING):
        return None, Path(said), None
    raise ValueError(
        f"to={said!r}: say an address such as {DEFAULT_URL}, or a file such as film{ENDING}"
    )


def _key(said: str) -> str:
    if re.fullmatch(r"[0-9a-fA-F]{32}", str(said).replace("-", "")):
        return uuid.UUID(said).hex
    raise ValueError(f"key={said!r}: say a run's key, 32 hexadecimal digits")


def _key_of(environment: Mapping[str, str]) -> str | None:
    said = environment.get("FILTERSCOPE_RUN", "").strip()
    if not said:
        return None
    try:
        return _key(said)
    except ValueError:
        say(f"FILTERSCOPE_RUN={said} is no run's key (32 hexadecimal digits): a new run begins")
        return None


def _name_of_script() -> str:
    stem = Path(sys.argv[0] if sys.argv else "").stem
    if stem in ("-c", "-m"):
        return "python"
    if stem == "__main__":
        return Path(sys.argv[0]).resolve().parent.name
    return "notebook" if stem in _NOTEBOOKS else stem
