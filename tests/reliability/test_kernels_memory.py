"""No kernel reads or writes beyond an array, by AddressSanitizer and UndefinedBehaviorSanitizer."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contracts.repository import ROOT
from tests.kernels.kinds import library
from tests.reliability.scale import IS_FULL

_FLAGS = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g", "-O1")
_EXAMPLES = 100

pytestmark = pytest.mark.skipif(not IS_FULL, reason="takes minutes: RELIABILITY=full")

_PROGRAM = """
import sys
from hypothesis import settings
from app.kernels import Library, using
from pathlib import Path
from tests.kernels.against_the_equation import agrees, geometries, nearly_agrees, of_any, wide

@settings(deadline=None, max_examples={examples}, database=None)
@of_any(geometries())
def check(geometry, images, seed, relu):
    agrees(geometry, images, seed, relu)

@settings(deadline=None, max_examples={examples}, database=None)
@of_any(wide())
def check_wide(geometry, images, seed, relu):
    nearly_agrees(geometry, images, seed, relu)

for kind in Library(Path({file!r})).kinds.values():
    if {short}:  # of room: what must be found
        needed = kind.forward_floats
        kind.forward_floats = lambda shape, images: needed(shape, images) // 2
    with using(kind):
        check()
        check_wide()
    print(kind.name, "is clean")
"""


def _sanitized(short: bool, examples: int) -> subprocess.CompletedProcess[str]:
    file = library(*_FLAGS)
    program = _PROGRAM.format(file=str(file), short=short, examples=examples)
    compiler = os.environ.get("CC", "gcc")
    runtimes = [
        subprocess.run(
            [compiler, f"-print-file-name=lib{name}.so"], capture_output=True, text=True, check=True
        ).stdout.strip()
        for name in ("asan", "ubsan")
    ]
    if not all(Path(runtime).is_absolute() for runtime in runtimes):
        pytest.skip("this compiler has no sanitizers")
    preloaded = {"LD_PRELOAD": ":".join(runtimes), "ASAN_OPTIONS": "detect_leaks=0"}
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, **preloaded, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_random_shapes_leave_no_trace_beyond_their_arrays() -> None:
    ran = _sanitized(short=False, examples=_EXAMPLES)
    assert ran.returncode == 0, ran.stderr[-4000:]
    assert "is clean" in ran.stdout


def test_room_that_is_too_small_is_found() -> None:
    ran = _sanitized(short=True, examples=40)
    assert ran.returncode != 0
    assert "heap-buffer-overflow" in ran.stderr
