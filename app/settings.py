"""The environment, read once into one frozen object."""

import ipaddress
import os
import re
import shutil
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self

import platformdirs

from .embedding_origins import embedding

_KIBIBYTE = 1024
_MEBIBYTE = 1024**2
_SHORTEST_TOKEN = 16


@dataclass(frozen=True)
class Settings:
    """All that can be set from outside. Sizes are bytes, times are seconds."""

    data_folder: Path = field(default_factory=lambda: platformdirs.user_data_path("filterscope"))
    host: str = "127.0.0.1"
    port: int = 8000
    token: str | None = None
    send_token: str | None = None
    asks_for_token: bool = False
    allow_embedding: bool = False
    embedding_origins: tuple[str, ...] = ()
    allowed_hosts: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    root_path: str = ""
    scheduler: str | None = None
    cluster_url: str | None = None
    resume: Literal["auto", "wait"] = "auto"
    kernels: Literal["best", "numpy"] = (
        "best"  # read by app/kernels, in each process that multiplies
    )
    runs_at_once: int = field(default_factory=lambda: max(1, (os.cpu_count() or 2) - 1))
    stalled_seconds: float = 30.0
    silent_seconds: float = 60.0
    max_viewers: int = 2000
    connections_per_address: int | None = None
    max_body_bytes: int = 64 * _KIBIBYTE
    max_array_body_bytes: int = _MEBIBYTE
    max_open_bytes: int = 500 * _MEBIBYTE
    disk_floor_bytes: int = 200 * _MEBIBYTE

    @property
    def cache_folder(self) -> Path:
        """Where generated data sets and null tables are kept; safe to delete."""
        return self.data_folder / "cache"

    @property
    def database_path(self) -> Path:
        """The one SQLite file that holds every run."""
        return self.data_folder / "filterscope.sqlite3"

    def free_disk_bytes(self) -> int:
        """Says how much room the disk of the data folder has; none where it can't be looked at."""
        try:
            return shutil.disk_usage(self.data_folder).free
        except OSError:
            return 0

    def has_disk_room(self) -> bool:
        """Tells whether there is enough of it to train."""
        return self.free_disk_bytes() >= self.disk_floor_bytes

    @property
    def is_loopback(self) -> bool:
        """Whether only programs on this machine can reach the server."""
        return self.host in {"127.0.0.1", "::1", "localhost"}

    @property
    def url_for_cluster(self) -> str:
        """The server's address as the workers of a cluster reach it."""
        if self.cluster_url:
            return self.cluster_url
        host = socket.getfqdn() if self.host in {"0.0.0.0", "::"} else self.host
        host = f"[{host}]" if ":" in host else host
        return f"http://{host}:{self.port}{self.root_path}"

    @property
    def is_cluster_far(self) -> bool:
        """Whether there is one, and its scheduler is on another machine."""
        near = r"\w+://(127\.|localhost:|\[::1\])"
        return self.scheduler is not None and re.match(near, self.scheduler) is None

    def check_cluster(self) -> None:
        """Raises ValueError where the cluster's workers couldn't reach the server."""
        if self.is_loopback and self.is_cluster_far and not self.cluster_url:
            raise ValueError(
                f"workers of the cluster at {self.scheduler} can't reach {self.host}: say --host "
                "with an address of this machine, or FILTERSCOPE_CLUSTER_URL"
            )

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Reads settings from the variables `FILTERSCOPE_DATA`, `_HOST`, `_PORT`, `_TOKEN`, …

        Raises:
            ValueError: naming the variable and the values it can take.
        """
        given: dict[str, object] = {}
        if folder := environ.get("FILTERSCOPE_DATA"):
            given["data_folder"] = Path(folder).expanduser().resolve()
        if host := environ.get("FILTERSCOPE_HOST"):
            given["host"] = host
        if token := environ.get("FILTERSCOPE_TOKEN"):
            given["token"] = _token("FILTERSCOPE_TOKEN", token)
        if send_token := environ.get("FILTERSCOPE_SEND_TOKEN"):
            given["send_token"] = _token("FILTERSCOPE_SEND_TOKEN", send_token)
            if send_token == token:
                raise ValueError(
                    "FILTERSCOPE_SEND_TOKEN must be another than FILTERSCOPE_TOKEN, for it lets "
                    "scripts send and nothing else"
                )
        if told := environ.get("FILTERSCOPE_ALLOW_EMBEDDING"):
            given["allow_embedding"], given["embedding_origins"] = embedding(
                "FILTERSCOPE_ALLOW_EMBEDDING", [told]
            )
        if hosts := environ.get("FILTERSCOPE_ALLOWED_HOSTS"):
            given["allowed_hosts"] = host_names("FILTERSCOPE_ALLOWED_HOSTS", hosts)
        if proxies := environ.get("FILTERSCOPE_TRUSTED_PROXIES"):
            given["trusted_proxies"] = _networks("FILTERSCOPE_TRUSTED_PROXIES", proxies)
        if root := environ.get("FILTERSCOPE_ROOT_PATH"):
            given["root_path"] = path_prefix("FILTERSCOPE_ROOT_PATH", root)
        if port := environ.get("FILTERSCOPE_PORT"):
            given["port"] = port_number("FILTERSCOPE_PORT", port)
        if runs := environ.get("FILTERSCOPE_RUNS"):
            given["runs_at_once"] = _integer("FILTERSCOPE_RUNS", runs, 1, 64)
        if most := environ.get("FILTERSCOPE_CONNECTIONS"):
            given["connections_per_address"] = _integer("FILTERSCOPE_CONNECTIONS", most, 8, 65536)
        if most := environ.get("FILTERSCOPE_OPEN"):
            given["max_open_bytes"] = _integer("FILTERSCOPE_OPEN", most, 1, 20_000) * _MEBIBYTE
        if scheduler := environ.get("FILTERSCOPE_SCHEDULER"):
            given["scheduler"] = scheduler_address("FILTERSCOPE_SCHEDULER", scheduler)
        if url := environ.get("FILTERSCOPE_CLUSTER_URL"):
            given["cluster_url"] = _server_address("FILTERSCOPE_CLUSTER_URL", url)
        if seconds := environ.get("FILTERSCOPE_STALLED"):
            given["stalled_seconds"] = _integer("FILTERSCOPE_STALLED", seconds, 3, 3600)
        if resume := environ.get("FILTERSCOPE_RESUME"):
            given["resume"] = _one_of("FILTERSCOPE_RESUME", resume, ("auto", "wait"))
        if kernels := environ.get("FILTERSCOPE_KERNELS"):
            given["kernels"] = _one_of("FILTERSCOPE_KERNELS", kernels, ("best", "numpy"))
        return cls(**given)  # type: ignore[arg-type]


def port_number(name: str, text: str) -> int:
    """Reads a port from the text given under `name`; ValueError says what it can be."""
    return _integer(name, text, 0, 65535)


def path_prefix(name: str, text: str) -> str:
    """Reads a path that a proxy puts before all others, as `/lab/filterscope`; / is none."""
    prefix = text.rstrip("/")
    if prefix and not re.fullmatch(r"(/[A-Za-z0-9._~%@:+-]+)+", prefix):
        raise ValueError(f"{name} must be a path such as /lab/filterscope, not {text!r}")
    return prefix


def scheduler_address(name: str, text: str) -> str:
    """Reads where a Dask scheduler is; ValueError says what it can be."""
    if not re.fullmatch(r"(tcp|tls)://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}", text):
        raise ValueError(
            f"{name} must be a Dask scheduler's address such as tcp://host:8786 or "
            f"tls://host:8786, not {text!r}"
        )
    return text


def _server_address(name: str, text: str) -> str:
    if not re.fullmatch(r"https?://[^/\s?#@]+(/[A-Za-z0-9._~%@:+/-]*)?", text):
        raise ValueError(
            f"{name} must be this server's address as the cluster's workers reach it, such as "
            f"http://host:8000, not {text!r}"
        )
    return text.rstrip("/")


def host_names(name: str, text: str) -> tuple[str, ...]:
    """Reads names with commas between, in small letters; `*.lab.example` is all below."""
    hosts = tuple(one.strip().lower() for one in text.split(",") if one.strip())
    for host in hosts:
        if not re.fullmatch(r"(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*|[0-9a-f:]+", host):
            raise ValueError(
                f"{name} must hold names without a port, such as lab.example, not {host!r}"
            )
    return hosts


def _networks(name: str, text: str) -> tuple[str, ...]:
    proxies = tuple(one.strip() for one in text.split(",") if one.strip())
    for proxy in proxies:
        try:
            ipaddress.ip_network(proxy)
        except ValueError:
            raise ValueError(
                f"{name} must hold addresses or networks such as 10.0.0.0/8, not {proxy!r}"
            ) from None
    return proxies


def _token(name: str, text: str) -> str:
    """Checks that it can't be guessed by trying, and that there are only characters that an
    address, a cookie and a header carry as they are.
    """
    if len(text) < _SHORTEST_TOKEN:
        raise ValueError(
            f"{name} must have {_SHORTEST_TOKEN} characters or more, so that nobody guesses it; "
            'python -c "import secrets; print(secrets.token_urlsafe(16))" makes one'
        )
    if not re.fullmatch(r"[A-Za-z0-9._~-]+", text):
        raise ValueError(f"{name} may hold letters, digits and . _ ~ - only")
    return text


def _one_of(name: str, text: str, words: tuple[str, ...]) -> str:
    if text not in words:
        raise ValueError(f"{name} must be {' or '.join(words)}, not {text!r}")
    return text


def _integer(name: str, text: str, low: int, high: int) -> int:
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise ValueError(f"{name} must be a whole number from {low} to {high}, not {text!r}")
    return int(text)
