"""One sentence for each reason why a scheduler can't be used."""

import socket
import threading
from contextlib import suppress
from typing import Any

import pytest

from app.cluster import knocking
from app.cluster.knocking import Unreachable, knock
from app.cluster.reaching import check_versions
from tests.cluster.dask_processes import free_port

ADDRESS = "tcp://dask:8786"


class _Told:
    """A client that tells versions."""

    def __init__(self, client: str, scheduler: str, **workers: str) -> None:
        self._told = {
            "client": _versions(client),
            "scheduler": _versions(scheduler),
            "workers": {name: _versions(version) for name, version in workers.items()},
        }

    def get_versions(self) -> dict[str, Any]:
        return self._told


def _versions(distributed: str) -> dict[str, Any]:
    return {"packages": {"distributed": distributed}}


def test_all_of_one_version_may_be_used() -> None:
    check_versions(_Told("2", "2", a="2", b="2"), ADDRESS)


def test_a_scheduler_of_another_version_is_said_with_both() -> None:
    with pytest.raises(Unreachable) as why:
        check_versions(_Told("2026.8", "2024.1"), ADDRESS)
    said = f"The scheduler at {ADDRESS} speaks Dask 2024.1, this server 2026.8"
    assert str(why.value) == f"{said}: install the same version at both ends."


def test_workers_of_another_version_are_named() -> None:
    with pytest.raises(Unreachable, match=r"this server \(2\): b \(1\), c \(1\)\. Install"):
        check_versions(_Told("2", "2", a="2", b="1", c="1"), ADDRESS)


def test_nobody_there_is_said_at_once() -> None:
    address = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(Unreachable, match=f"^No scheduler answers at {address}; runs"):
        knock(address)


@pytest.mark.parametrize("greeting", [b"", b"SSH-2.0-OpenSSH_9.9\r\n"])
def test_what_is_no_scheduler_is_said_and_not_waited_for(
    greeting: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knocking, "_KNOCK_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"tcp://127.0.0.1:{listener.getsockname()[1]}"

        def greet() -> None:
            line, _ = listener.accept()
            with line, suppress(OSError):
                line.sendall(greeting)
                line.recv(1)  # until the other end hangs up

        thread = threading.Thread(target=greet)
        thread.start()
        with pytest.raises(Unreachable, match=f"^What listens at {address} doesn't answer as a"):
            knock(address)
        thread.join()
