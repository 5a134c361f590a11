"""A scheduler that asks for certificates: the right one works, anything else is said at once."""

import re
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from app.cluster import knocking
from app.cluster.knocking import Unreachable, knock
from app.cluster.reaching import reached
from tests.cluster.certificates import Certificates, made_certificates
from tests.cluster.dask_processes import DaskProcesses, free_port
from tests.waiting import wait_until

dask = pytest.importorskip("dask", reason="Dask isn't installed: the extra `cluster`")
pytest.importorskip("distributed", reason="Dask isn't installed: the extra `cluster`")
pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl isn't there")


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return made_certificates(tmp_path_factory.mktemp("tls") / "right")


@pytest.fixture(scope="module")
def address(right: Certificates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with DaskProcesses(free_port(), 0, tmp_path_factory.mktemp("data"), right) as processes:
        wait_until(lambda: _listens(processes.address), "the scheduler doesn't begin")
        yield processes.address


def test_the_right_certificate_opens_the_scheduler(address: str, right: Certificates) -> None:
    with dask.config.set(right.configuration):
        client = reached(address)
        try:
            assert client.status == "running"
        finally:
            client.close(timeout=5)


def test_without_a_certificate_it_says_which_settings_name_one(address: str) -> None:
    said = f"The scheduler at {address} wants a certificate and none is set: say DASK_DISTRIB"
    _assert_said(address, said)


def test_an_authority_that_did_not_sign_the_schedulers_certificate_is_named(
    address: str, right: Certificates, tmp_path: Path
) -> None:
    other = made_certificates(tmp_path / "other")
    with dask.config.set(other.configuration):
        _assert_said(address, f"The certificate of the scheduler at {address} isn't one to trust")
    with dask.config.set(other._replace(authority=right.authority).configuration):
        said = f"The scheduler at {address} refuses this server's certificate (unknown ca): have"
        _assert_said(address, said)


def test_files_that_cannot_be_read_are_named(
    address: str, right: Certificates, tmp_path: Path
) -> None:
    said = f"The certificate for the scheduler at {address} can't be read ("
    with dask.config.set(right._replace(key=tmp_path / "gone").configuration):
        _assert_said(address, said + "FileNotFoundError")
    with dask.config.set(right._replace(certificate=right.key).configuration):
        _assert_said(address, said + "SSLError")


def test_an_address_without_tls_hints_at_it(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knocking, "_KNOCK_SECONDS", 0.2)
    plain = address.replace("tls://", "tcp://")
    _assert_said(plain, f"What listens at {plain} doesn't answer as a Dask scheduler of this")
    _assert_said(plain, f"its address is {address}.")


@pytest.mark.parametrize(
    ("greeting", "said"),
    [(b"", "doesn't answer as a Dask scheduler"), (b"SSH-2.0-OpenSSH_9.9\r\n", "speaks no TLS")],
)
def test_what_is_no_scheduler_is_not_waited_for(
    greeting: bytes, said: str, right: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knocking, "_KNOCK_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            line, _ = listener.accept()
            with line, suppress(OSError):
                line.sendall(greeting)
                while line.recv(999):
                    pass

        thread = threading.Thread(target=greet)
        thread.start()
        with dask.config.set(right.configuration):
            _assert_said(f"tls://127.0.0.1:{listener.getsockname()[1]}", said)
        thread.join()


def _assert_said(address: str, words: str) -> None:
    with pytest.raises(Unreachable, match=re.escape(words)):
        knock(address)


def _listens(address: str) -> bool:
    with suppress(OSError):
        socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), 1).close()
        return True
    return False
