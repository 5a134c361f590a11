"""The bill of materials: valid, complete, the same each time.

The validator takes seconds to import, so tests import it when they run: all processes collect them.
"""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app import __version__
from tests.contracts.repository import ROOT, files, text_of


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make dist` writes beside the wheel."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "supply.bill_of_materials", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder / f"filterscope-{__version__}.cdx.json"


@pytest.fixture(scope="module")
def bill(written: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(written.read_text())
    return read


def test_it_keeps_to_the_schema_and_a_spoilt_one_does_not(written: Path) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(written.read_text()) is None
    spoilt = written.read_text().replace('"type": "library"', '"type": "thing"')
    assert validator.validate_str(spoilt) is not None


def test_every_pinned_package_is_in_it_with_all_its_hashes(bill: dict[str, Any]) -> None:
    told = {
        (part["name"], part["version"]): {
            each["content"] for file in part["externalReferences"] for each in file["hashes"]
        }
        for part in bill["components"]
        if part["purl"].startswith("pkg:pypi/")
    }
    lock = text_of("requirements/run.txt")
    assert len(told) == len(re.findall(r"^[a-z0-9._-]+==", lock, re.MULTILINE)) > 20
    assert sum(map(len, told.values())) == lock.count("--hash=sha256:")
    for (name, version), hashes in told.items():
        assert f"{name}=={version}" in lock
        assert all(f"--hash=sha256:{digest}" in lock for digest in hashes)


def test_every_vendored_file_is_in_it_with_its_sum(bill: dict[str, Any]) -> None:
    told = {
        file["name"]: file["hashes"][0]["content"]
        for part in bill["components"]
        for file in part.get("components", [])
    }
    vendored = {name for name in files() if name.startswith("static/vendor/")}
    assert set(told) == {
        name for name in vendored if not name.endswith(("README.md", "SHA256SUMS"))
    }
    for name, digest in told.items():
        assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == digest


def test_the_readmes_name_the_versions_that_the_lock_has(bill: dict[str, Any]) -> None:
    scripts = [part for part in bill["components"] if part["purl"].startswith("pkg:npm/")]
    assert len(scripts) == len(list((ROOT / "static/vendor").iterdir()))
    for part in scripts:
        folder = Path(part["components"][0]["name"]).parent
        readme = text_of(f"{folder}/README.md")
        assert f"`{part['name']}`" in readme
        assert part["version"] in readme


def test_who_needs_what_leaves_nobody_out(bill: dict[str, Any]) -> None:
    needs = {each["ref"]: each.get("dependsOn", []) for each in bill["dependencies"]}
    root = bill["metadata"]["component"]["bom-ref"]
    reached, waiting = set(), [root]
    while waiting:
        reached.add(ref := waiting.pop())
        waiting += [other for other in needs[ref] if other not in reached]
    assert reached - {root} == {part["bom-ref"] for part in bill["components"]}
    by_name = {ref.partition("@")[0]: refs for ref, refs in needs.items()}
    assert [ref.partition("@")[0] for ref in by_name["pkg:pypi/jinja2"]] == ["pkg:pypi/markupsafe"]


def test_the_same_versions_give_the_same_bytes(written: Path, tmp_path: Path) -> None:
    from supply.bill_of_materials import write

    again = write(tmp_path)
    assert again is not None
    assert again.read_bytes() == written.read_bytes()
