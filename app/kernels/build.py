"""Builds the kernels where a C compiler stands: python -m app.kernels.build

Without one, or where it fails, all works as before, only slower; a line says so.
"""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .source import FLAGS, MAIN, built_file, fingerprint, machine

_COMPILERS = ("cc", "gcc", "clang")
_FLAGS = (
    *("-O3", "-std=gnu11", "-fPIC", "-fvisibility=hidden", "-fno-math-errno"),
    *("-fno-strict-aliasing", "-ffp-contract=fast", "-Wno-psabi"),
)
_SECONDS = 120


class NotBuilt(Exception):
    """No compiler, or one that refused."""


def build(target: Path, *more: str) -> None:
    """Compile all kinds into one library; `more` goes to the compiler and the linker.

    Raises:
        NotBuilt: and says why in one line.
    """
    compiler = _compiler()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        objects = []
        for kind, flags in FLAGS.get(machine(), {}).items():
            objects.append(f"{folder}/{kind}.o")
            named = (f"-DKIND={kind}", f"-DFINGERPRINT={fingerprint()}")
            _run([*compiler, *_FLAGS, *flags, *named, *more, "-c", str(MAIN), "-o", objects[-1]])
        linked = target.with_suffix(f".{os.getpid()}")
        _run([*compiler, "-shared", *more, *objects, "-o", str(linked)])
        linked.replace(target)


def _compiler() -> list[str]:
    named = shlex.split(os.environ.get("CC", ""))
    found = named or [name for name in _COMPILERS if shutil.which(name)][:1]
    if not found:
        raise NotBuilt(f"there is no C compiler ({', '.join(_COMPILERS)} or $CC)")
    return found


def _run(command: Sequence[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=_SECONDS)
    except subprocess.CalledProcessError as refused:
        said = [line for line in refused.stderr.splitlines() if "error" in line] or ["no reason"]
        raise NotBuilt(f"{command[0]} says: {said[0].strip()}") from refused
    except subprocess.TimeoutExpired as slow:
        raise NotBuilt(f"{command[0]} took longer than {_SECONDS} s") from slow
    except OSError as failed:
        raise NotBuilt(f"{command[0]} can't be run: {failed}") from failed


def main() -> int:
    """Build, and say what came of it."""
    if os.environ.get("FILTERSCOPE_KERNELS") == "numpy":
        print("kernels: none, as FILTERSCOPE_KERNELS says; NumPy does their work")
        return 0
    try:
        build(built_file())
    except NotBuilt as reason:
        print(f"kernels: not compiled, NumPy does their work, slower: {reason}", file=sys.stderr)
        return 0
    print(f"kernels: compiled into {built_file().name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
