"""The kinds of kernels that this machine can compile and run, whatever lies in the checkout."""

import atexit
import functools
import shutil
import tempfile
from pathlib import Path

import pytest

from app.kernels import Kind, Library
from app.kernels.build import NoCompiler, NotBuilt, build, is_current
from app.kernels.source import built_file, kinds

every_kind = pytest.mark.parametrize("name", kinds())


@functools.cache
def library(*flags: str) -> Path:
    """Builds one for this session; the test is left out where no compiler stands, or where the one
    that stands compiles, but not with these flags.
    """
    if not flags and is_current(built_file()):
        return built_file()
    folder = Path(tempfile.mkdtemp(prefix="filterscope-kernels-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "kernels.so"
    try:
        build(file, *flags)
    except NoCompiler as reason:
        pytest.skip(str(reason))
    except NotBuilt as reason:
        if not flags or not library():
            raise
        pytest.skip(str(reason))
    return file


def kind_named(name: str) -> Kind:
    """Gives a kind, or leaves the test out where the processor can't run it."""
    found = Library(library()).kinds
    if name not in found:
        pytest.skip(f"this processor has no {name}")
    return found[name]
