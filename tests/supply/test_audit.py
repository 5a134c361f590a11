"""The audit says what it knows, and says so where it knows nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from supply.audit import read_npm_audit, read_pip_audit
from supply.dockerfile import images, pin
from tests.contracts.build_files import make_targets
from tests.contracts.repository import ROOT, text_of

_HOLE = {"id": "PYSEC-2026-1", "fix_versions": ["2.1"], "aliases": [], "description": "…"}


def _report(*dependencies: object) -> str:
    return json.dumps({"dependencies": dependencies, "fixes": []})


def test_a_known_hole_is_named_with_the_version_that_mends_it() -> None:
    sound = {"name": "sound", "version": "1.0", "vulns": []}
    verdict = read_pip_audit(_report(sound, {"name": "old", "version": "2.0", "vulns": [_HOLE]}))
    assert verdict == (["old 2.0: PYSEC-2026-1, mended in 2.1"], None)
    assert read_pip_audit(_report(sound)) == ([], None)


def test_what_the_database_does_not_know_is_not_called_sound() -> None:
    skipped = {"name": "unknown", "skip_reason": "not found"}
    verdict = read_pip_audit(_report(skipped, {"name": "old", "version": "2.0", "vulns": [_HOLE]}))
    assert verdict.unchecked == "the database knows nothing of 1 of 2"
    assert len(verdict.holes) == 1, "what is known is said all the same"


@pytest.mark.parametrize(
    "output", ["", "ConnectionError: no route", "no answer in 60 s", "[]", '{"message": "405"}']
)
def test_without_an_answer_it_is_not_checked(output: str) -> None:
    for verdict in (read_pip_audit(output), read_npm_audit(output)):
        assert verdict.holes == []
        assert verdict.unchecked


def test_a_hole_in_a_script_is_named() -> None:
    report = json.dumps({"vulnerabilities": {"swagger-ui-dist": {"severity": "high"}}})
    assert read_npm_audit(report) == (["swagger-ui-dist: high"], None)
    assert read_npm_audit(json.dumps({"vulnerabilities": {}})) == ([], None)


def test_where_nothing_can_be_asked_the_audit_ends_well_and_says_so() -> None:
    """Asks by a proxy at which nobody listens, and of a Python that has no pip-audit."""
    nobody = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "https_proxy"), "http://127.0.0.1:9")
    audit = [sys.executable, "-m", "supply.audit", sys.executable]
    ran = subprocess.run(
        audit, cwd=ROOT, env={**os.environ, **nobody}, capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0
    lines = ran.stdout.splitlines()
    assert len(lines) == 6, ran.stdout
    assert all(": not checked: " in line for line in lines), ran.stdout


def test_ci_audits_and_lints_the_dockerfile() -> None:
    assert "make audit" in text_of(".ci/run")
    assert "-m supply.dockerfile" in make_targets()["lint"]
    assert "-m supply.bill_of_materials dist" in make_targets()["dist"]


def test_the_linter_finds_what_is_wrong_and_nothing_in_ours(tmp_path: Path) -> None:
    linter = Path(sys.executable).with_name("hadolint")
    assert subprocess.run([linter, ROOT / "Dockerfile"]).returncode == 0
    bad = tmp_path / "Dockerfile"
    bad.write_text("FROM debian:latest\nRUN cd /tmp && sudo make\n")
    found = subprocess.run([linter, bad], capture_output=True, text=True)
    assert found.returncode != 0
    assert {"DL3007", "DL3004"} <= set(found.stdout.split())


def test_pinning_puts_the_digests_in_the_two_places_that_name_the_images(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dockerfile = tmp_path / "Dockerfile"
    dockerfile.write_text(text_of("Dockerfile"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pin(dockerfile) == 1
    assert dockerfile.read_text() == text_of("Dockerfile"), "without a registry it stays"
    digest = f"sha256:{'1f' * 32}"
    skopeo = tmp_path / "skopeo"
    skopeo.write_text(f"#!/bin/sh\necho {digest}\n")
    skopeo.chmod(0o700)
    assert pin(dockerfile) == pin(dockerfile) == 0
    text = dockerfile.read_text()
    assert text.count(digest) == 2
    assert text.count("FROM ${BASE}") + text.count("FROM ${COMPILER}") == text.count("FROM ") == 3
    assert all(line.endswith(f"pinned to {digest}") for line in images(text))
    assert len(images(text)) == 2


@pytest.mark.parametrize("name", ["BASE", "COMPILER"])
def test_pinning_fails_where_no_line_names_an_image(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
) -> None:
    dockerfile = tmp_path / "Dockerfile"
    dockerfile.write_text(text_of("Dockerfile").replace(f"ARG {name}=", f"ARG  {name}="))
    monkeypatch.setattr("supply.dockerfile._digest_of", lambda tag: f"sha256:{'1f' * 32}")
    before = dockerfile.read_text()
    assert pin(dockerfile) == 1
    assert dockerfile.read_text() == before
    assert capsys.readouterr().out == f"Dockerfile: it names nothing in a line ARG {name}=\n"
