"""What is built: all that Filterscope needs, its licences, and the same bytes each time."""

from pathlib import Path

import pytest

from app import __version__
from app.web.assets import modules
from tests.contracts.repository import ROOT, files
from tests.packaging.wheel import Built, build

_PLACES = {
    "app/": "filterscope/",
    "static/": "filterscope/static/",
    "templates/": "filterscope/templates/",
}
_JOINED = ROOT / "static/joined"
_KERNELS = ROOT / "app/kernels/built"
_INFO = f"filterscope-{__version__}.dist-info/"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The source archive of this checkout, and the wheel that was built from it."""
    return build(tmp_path_factory.mktemp("dist"))


def test_the_wheel_has_every_file_of_the_package_and_the_page_and_no_other(built: Built) -> None:
    made = {
        path.relative_to(ROOT).as_posix()
        for path in (*_JOINED.rglob("*"), *_KERNELS.glob("*.so"))
        if path.is_file()
    }
    assert {f"static/{name}" for name in modules().first} <= made
    expected = {
        inside + file.removeprefix(outside)
        for outside, inside in _PLACES.items()
        for file in {*files(), *made}
        if file.startswith(outside)
    }
    assert {name for name in built.files() if not name.startswith(_INFO)} == expected


def test_the_licences_of_all_that_is_inside_go_along_and_are_named(built: Built) -> None:
    licences = {
        file
        for file in files()
        if file.startswith(("LICENSE", *_PLACES))
        if "LICENSE" in Path(file).name or "NOTICE" in Path(file).name
    }
    assert len(licences) >= 6
    assert set(built.metadata().get_all("License-File", [])) == licences
    assert {f"{_INFO}licenses/{licence}" for licence in licences} <= built.files()
    assert built.metadata()["License-Expression"] == "MIT AND Apache-2.0 AND CC-BY-SA-3.0"


def test_the_wheel_bears_the_version_and_the_oldest_python(built: Built) -> None:
    assert built.wheel.name == f"filterscope-{__version__}-py3-none-any.whl"
    assert built.archive.name == f"filterscope-{__version__}.tar.gz"
    assert built.metadata()["Requires-Python"] == ">=3.11"


def test_checkout_and_source_archive_make_the_same_wheel_to_the_byte(
    built: Built, tmp_path: Path
) -> None:
    straight = build(tmp_path, "--wheel")
    assert straight.wheel.read_bytes() == built.wheel.read_bytes()
