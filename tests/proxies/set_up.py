"""Caddy, Apache and nginx as docs/running.md sets them up, each before a server, with TLS."""

import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.browser.nginx import free_port
from tests.contracts.repository import text_of
from tests.waiting import wait_until

NAME = "lab.example"
_DOCUMENTED_SERVER = "127.0.0.1:8000"
_SYSTEM = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin"
_APACHE_MODULES = Path("/usr/lib/apache2/modules")
_NEEDED = (
    *("mpm_event", "authz_core", "alias", "headers", "proxy", "proxy_http", "ssl"),
    "socache_shmcb",
)

_CADDY = """{{
    admin off
    http_port {spare}
    https_port {port}
    skip_install_trust
    default_bind 127.0.0.1
    storage file_system {folder}/storage
}}
{shown}
"""
_NGINX = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log {folder}/access.log;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} ssl; server_name lab.example;
    ssl_certificate {folder}/own.pem; ssl_certificate_key {folder}/own.key;
    {shown}
  }}
}}
"""
_APACHE = """
ServerRoot {folder}
ServerName lab.example
PidFile {folder}/pid
ErrorLog {folder}/error.log
Listen 127.0.0.1:{port}
{modules}
<VirtualHost 127.0.0.1:{port}>
SSLEngine on
SSLCertificateFile {folder}/own.pem
SSLCertificateKeyFile {folder}/own.key
{shown}
</VirtualHost>
"""


class Proxy(NamedTuple):
    """One that listens: where the page is, and what its certificate is checked with."""

    prefix: str
    port: int
    trust: ssl.SSLContext


class Kind(NamedTuple):
    """How one kind is started.

    Attributes:
        program: what it is called.
        language: of its configuration's block in the document.
        prefix: that the document puts before the page.
        frame: what stands around that block; all else that a web server has.
        command: that runs it, of the program, its folder and its configuration.
        authority: who signs its certificate, in its folder.
    """

    program: str
    language: str
    prefix: str
    frame: str
    command: Callable[[str, Path, Path], list[str]]
    authority: str = "own.pem"


KINDS = {
    "caddy": Kind(
        *("caddy", "caddy", "/filterscope", _CADDY),
        lambda program, _folder, file: [
            *(program, "run", "--adapter", "caddyfile", "--config", str(file))
        ],
        "storage/pki/authorities/local/root.crt",
    ),
    "apache": Kind(
        *("apache2", "apache", "/filterscope", _APACHE),
        lambda program, _folder, file: [program, "-D", "FOREGROUND", "-f", str(file)],
    ),
    "nginx": Kind(
        *("nginx", "nginx", "/lab/filterscope", _NGINX),
        lambda program, folder, file: [program, "-e", str(folder / "error.log"), "-c", str(file)],
    ),
}


def program_of(kind: Kind) -> str | None:
    """The path of a proxy's program, which isn't on every user's PATH."""
    return shutil.which(kind.program, path=_SYSTEM)


def documented(language: str) -> str:
    """The one block in that language under “Behind a proxy”."""
    part = text_of("docs/running.md").partition("## Behind a proxy\n")[2].partition("\n## ")[0]
    [block] = re.findall(rf"```{language}\n(.*?)```", part, re.DOTALL)
    assert _DOCUMENTED_SERVER in block
    return str(block)


@contextmanager
def running(kind: Kind, folder: Path, server: str) -> Iterator[Proxy]:
    """Runs one before a server at `server`, an address and a port."""
    program, port = program_of(kind), free_port()
    assert program
    _make_certificate(folder)
    modules = "\n".join(
        f"LoadModule {name}_module {_APACHE_MODULES}/mod_{name}.so" for name in _NEEDED
    )
    shown = documented(kind.language).replace(_DOCUMENTED_SERVER, server)
    names = {"folder": folder, "port": port, "spare": free_port(), "modules": modules}
    file = folder / "configuration"
    file.write_text(kind.frame.format(shown=shown, **names))
    with (folder / "said.log").open("w") as said:
        command = kind.command(program, folder, file)
        process = subprocess.Popen(command, stdout=said, stderr=said)
    try:
        authority = folder / kind.authority
        wait_until(lambda: _shows_certificate(port, authority), f"{command} doesn't answer", 30)
        yield Proxy(kind.prefix, port, ssl.create_default_context(cafile=str(authority)))
    finally:
        process.terminate()
        process.wait(30)


def _make_certificate(folder: Path) -> None:
    """Makes a certificate for the name, signed by itself."""
    made = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    named = ["-addext", f"subjectAltName=DNS:{NAME}"]
    files = ["-keyout", str(folder / "own.key"), "-out", str(folder / "own.pem")]
    subprocess.run(["openssl", "req", *made, *named, *files], check=True, capture_output=True)


def _shows_certificate(port: int, authority: Path) -> bool:
    """Tells whether it answers under the name; Caddy listens before it has a certificate."""
    try:
        trust = ssl.create_default_context(cafile=str(authority))
        with (
            socket.create_connection(("127.0.0.1", port), 5) as plain,
            trust.wrap_socket(plain, server_hostname=NAME),
        ):
            return True
    except OSError:
        return False
