"""The kernels' source in C, the file that is built from it, and what tells them to fit."""

import functools
import hashlib
import platform
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
# Who decides which layers are given to the kernels.
CALLERS = FOLDER.parent / "engine" / "convolution"
# What is left out is included by it.
MAIN = FOLDER / "kernels.c"
# What a compiler is told for all kinds.
COMMON_FLAGS = (
    *("-O3", "-std=gnu11", "-fPIC", "-fvisibility=hidden", "-fno-math-errno"),
    *("-fno-strict-aliasing", "-ffp-contract=fast", "-Wno-psabi"),
)
# Kinds, the widest first, with what it is told for each.
FLAGS: dict[str, dict[str, tuple[str, ...]]] = {
    "x86_64": {
        "avx512": (
            *("-mavx512f", "-mavx512bw", "-mavx512dq", "-mavx512vl", "-mfma"),
            "-mprefer-vector-width=512",
        ),
        "avx2": ("-mavx2", "-mfma"),
    },
    "aarch64": {"neon": ()},
}
_SAME = {"AMD64": "x86_64", "arm64": "aarch64"}


def machine() -> str:
    """Names the processor's family, the same on each system."""
    return _SAME.get(platform.machine(), platform.machine())


def kinds() -> tuple[str, ...]:
    """Lists the kinds that are compiled for this family, the widest first; none for most."""
    return tuple(FLAGS.get(machine(), {}))


def built_file() -> Path:
    """Says where the library for this system lies once it is built."""
    return FOLDER / "built" / f"kernels-{sys.platform}-{machine()}.so"


@functools.cache
def fingerprint() -> int:
    """Return the first 48 bits of a digest of the source and of the flags that it is compiled with.

    A library carries it, so that one of another source, or compiled otherwise, isn't called.
    """
    digest = hashlib.sha256(repr((COMMON_FLAGS, FLAGS.get(machine()))).encode())
    for file in sorted(FOLDER.glob("*.[ch]")):
        digest.update(file.read_bytes())
    return int.from_bytes(digest.digest()[:6], "big")


@functools.cache
def revision() -> str:
    """Return what tells runs' numbers apart by who multiplied them: 8 digits of a digest of the
    source, its flags and the callers.
    """
    digest = hashlib.sha256(f"{fingerprint()}".encode())
    for file in sorted(CALLERS.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]
