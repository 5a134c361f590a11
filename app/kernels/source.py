"""The kernels' source in C, the file that is built from it, and what tells them to fit."""

import functools
import hashlib
import platform
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
# What is left out is included by it.
MAIN = FOLDER / "kernels.c"
# Kinds, the widest first, with what a compiler must be told for each.
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
    """Return what of the source's digest a library carries, so that an old one isn't called."""
    content = b"".join(file.read_bytes() for file in sorted(FOLDER.glob("*.[ch]")))
    return int.from_bytes(hashlib.sha256(content).digest()[:6], "big")
