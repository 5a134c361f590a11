"""Certificates for a cluster whose ends show each other one, made anew by openssl."""

import subprocess
from pathlib import Path
from typing import NamedTuple

_NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")


class Certificates(NamedTuple):
    """The files that an end of a cluster is given."""

    authority: Path
    certificate: Path
    key: Path

    @property
    def options(self) -> list[str]:
        """What `dask scheduler` and `dask worker` are told."""
        names = ("--tls-ca-file", "--tls-cert", "--tls-key")
        return [text for name, path in zip(names, self, strict=True) for text in (name, str(path))]

    @property
    def environment(self) -> dict[str, str]:
        """What a Dask client's environment says."""
        names = ("CA_FILE", "CLIENT__CERT", "CLIENT__KEY")
        prefix = "DASK_DISTRIBUTED__COMM__TLS__"
        return {prefix + name: str(path) for name, path in zip(names, self, strict=True)}

    @property
    def configuration(self) -> dict[str, str]:
        """The same as Dask's own configuration has it."""
        names = ("ca-file", "client.cert", "client.key")
        prefix = "distributed.comm.tls."
        return {prefix + name: str(path) for name, path in zip(names, self, strict=True)}


def made_certificates(folder: Path) -> Certificates:
    """Makes an authority in a new folder, and a certificate that it has signed."""
    folder.mkdir()
    made = Certificates(*(folder / name for name in ("ca.pem", "cert.pem", "key.pem")))
    _openssl(
        *("req", "-x509", *_NEW_KEY, "-subj", "/CN=authority"),
        *("-keyout", str(folder / "ca-key.pem"), "-out", str(made.authority)),
    )
    _openssl(
        *("req", "-x509", *_NEW_KEY, "-subj", "/CN=cluster"),
        *("-CA", str(made.authority), "-CAkey", str(folder / "ca-key.pem")),
        *("-keyout", str(made.key), "-out", str(made.certificate)),
    )
    return made


def _openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)
