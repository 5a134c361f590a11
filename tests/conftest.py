import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from app.engine import shard
from app.kernels import kernels_here, using
from app.recipe import resolve
from app.training.data import load_dataset
from tests.running_server import RunningServer

# How long an example takes says how busy the machine is, not whether the answer is right.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# What waits longest begins first, so that no core idles at the end of a run of files side by side.
_LONG = ("tests/reliability/", "tests/workers/", "tests/browser/", "tests/packaging/", "tests/web/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the files that take longest first; within them nothing changes its place."""
    items.sort(key=lambda item: not item.nodeid.startswith(_LONG))


@pytest.fixture(scope="module", params=["kernels", "numpy"])
def both_ways(request: pytest.FixtureRequest) -> Iterator[None]:
    """Runs whoever uses it with the compiled kernels, where there are some, and by NumPy alone."""
    kind = kernels_here() if request.param == "kernels" else None
    if kind is None and request.param == "kernels":
        pytest.skip("no kernels here")
    with using(kind):
        yield


@pytest.fixture
def every_batch_is_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small ones too, which stay whole otherwise, by as many as there may be."""
    monkeypatch.setattr(shard, "_WORTH_SHARING", 0)
    monkeypatch.setattr(shard, "_IMAGES_PER_SHARD", 3)
    monkeypatch.setattr(shard, "_NAMED_AT_ONCE", 3)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, leaves: Path) -> Iterator[RunningServer]:
    """A real server with no run in its data folder, shared by the tests of a module.

    The pictures that each would make to warm up, a third of a second of a core, lie there.
    """
    folder: Path = tmp_path_factory.mktemp("data")
    shutil.copytree(leaves, folder / "cache")
    with RunningServer(folder) as running:
        yield running


@pytest.fixture(scope="session")
def leaves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pictures of `dead-leaves`, as a server keeps them."""
    folder: Path = tmp_path_factory.mktemp("leaves")
    load_dataset(resolve({"preset": "dead-leaves"}), folder)
    return folder


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache of data sets and null tables for all tests of a session."""
    return tmp_path_factory.mktemp("cache")
