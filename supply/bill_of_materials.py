"""`python -m supply.bill_of_materials FOLDER`: what the wheel brings along, as CycloneDX."""

import os
import sys
import tomllib
import uuid
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from app import __version__

from .pinned import REQUIREMENTS, ROOT, Package, Script, packages, scripts

_DATE_OF_WHEELS = 1580601600  # hatchling's, in seconds since 1970


def write(folder: Path) -> Path | None:
    """Writes the bill into a folder, and returns where; None if it doesn't keep to the schema."""
    text = JsonV1Dot6(bill_of_materials()).output_as_string(indent=1)
    if problem := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        print(f"the bill of materials isn't valid CycloneDX: {problem}", file=sys.stderr)
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"filterscope-{__version__}.cdx.json"
    path.write_text(text, encoding="utf-8")
    print(path)
    return path


def bill_of_materials() -> Bom:
    """Lists the pinned Python packages, the page's scripts and their files, and who needs what."""
    bill = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_URL, _all_that_is_pinned()))
    bill.metadata.timestamp = datetime.fromtimestamp(_date(), UTC)
    root = _filterscope()
    bill.metadata.component = root
    locked = packages(REQUIREMENTS / "run.txt")
    components = {package: _of_package(package) for package in locked}
    copied = [_of_script(script) for script in scripts()]
    for component in (*components.values(), *copied):
        bill.components.add(component)
    asked = [components[each] for each in locked if _is_asked_for(each.name)]
    bill.register_dependency(root, [*asked, *copied])
    for component in (*components.values(), *copied):
        needs = [components[each] for each in locked if component.name in each.needed_by]
        bill.register_dependency(component, needs)
    return bill


def _date() -> int:
    """Returns what the files of the wheel are dated with, so that one build is like the next."""
    return int(os.environ.get("SOURCE_DATE_EPOCH", _DATE_OF_WHEELS))


def _all_that_is_pinned() -> str:
    return f"{__version__} {packages(REQUIREMENTS / 'run.txt')} {scripts()}"


def _filterscope() -> Component:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return Component(
        name="filterscope",
        version=__version__,
        type=ComponentType.APPLICATION,
        description=project["description"],
        bom_ref=f"filterscope@{__version__}",
        licenses=[LicenseExpression(project["license"])],
    )


def _is_asked_for(name: str) -> bool:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return any(need.startswith(f"{name}>=") for need in project["dependencies"])


def _of_package(package: Package) -> Component:
    purl = PackageURL("pypi", None, package.name, package.version)
    # One of these files is installed, which one depends on the machine.
    files = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(str(purl)),
        hashes=[_sum(digest) for digest in package.hashes],
    )
    return Component(
        name=package.name,
        version=package.version,
        type=ComponentType.LIBRARY,
        purl=purl,
        bom_ref=str(purl),
        licenses=_licences_of(package.name),
        external_references=[files],
    )


def _licences_of(name: str) -> list[LicenseExpression]:
    """Returns what the installed package says, if it says it as an expression."""
    try:
        said = metadata(name).json.get("license_expression")
    except PackageNotFoundError:  # it isn't needed on this system
        return []
    return [LicenseExpression(str(said))] if said else []


def _of_script(script: Script) -> Component:
    purl = PackageURL("npm", None, script.name, script.version)
    files = [
        Component(
            name=f"{script.folder}/{name}",
            type=ComponentType.FILE,
            bom_ref=f"{script.folder}/{name}",
            hashes=[_sum(digest)],
        )
        for name, digest in script.files.items()
    ]
    return Component(
        name=script.name,
        version=script.version,
        type=ComponentType.LIBRARY,
        purl=purl,
        bom_ref=str(purl),
        licenses=[LicenseExpression(script.license)],
        components=files,
    )


def _sum(digest: str) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=digest)


if __name__ == "__main__":
    sys.exit(write(Path(sys.argv[1])) is None)
