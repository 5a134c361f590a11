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

from .source import FLAGS, MAIN, built_file, fingerprint, kinds, machine

_COMPILERS = ("cc", "gcc", "clang")
_FLAGS = (
    *("-O3", "-std=gnu11", "-fPIC", "-fvisibility=hidden", "-fno-math-errno"),
    *("-fno-strict-aliasing", "-ffp-contract=fast", "-Wno-psabi"),
)
_SECONDS = 120


class NotBuilt(Exception):
    """No compiler, one that refused, nothing to compile for, or no place for it."""


def build(target: Path, *more: str) -> None:
    """Compile all kinds into one library; `more` goes to the compiler and the linker.

    Raises:
        NotBuilt: and says why in one line.
    """
    if not kinds():
        raise NotBuilt(f"there are none for {machine()}")
    compiler = _compiler()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            _compile(compiler, Path(folder), more).replace(target)
    except OSError as failed:
        raise NotBuilt(f"{target.parent} can't be written to: {failed.strerror}") from failed


def _compile(compiler: Sequence[str], folder: Path, more: Sequence[str]) -> Path:
    objects = []
    for kind, flags in FLAGS[machine()].items():
        objects.append(str(folder / f"{kind}.o"))
        named = (f"-DKIND={kind}", f"-DFINGERPRINT={fingerprint()}")
        _run([*compiler, *_FLAGS, *flags, *named, *more, "-c", str(MAIN), "-o", objects[-1]])
    linked = folder / "linked"
    _run([*compiler, "-shared", *more, *objects, "-o", str(linked)])
    return linked


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
