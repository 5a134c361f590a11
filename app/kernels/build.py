"""Builds the kernels where a C compiler stands: python -m app.kernels.build [--if-needed]

Without one, or where it fails, all works as before, only slower; a line says so. `--if-needed`
leaves a library as it is that is of the source and the flags that lie here.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from .library import Library
from .source import COMMON_FLAGS, FLAGS, MAIN, built_file, fingerprint, kinds, machine

_COMPILERS = ("cc", "gcc", "clang")
_SECONDS = 120


class NotBuilt(Exception):
    """No compiler, one that refused, nothing to compile for, or no place for it."""


class NoCompiler(NotBuilt):
    """None stands here, or there is nothing to compile for this machine."""


def build(target: Path, *more: str) -> None:
    """Compile all kinds into one library; `more` goes to the compiler and the linker, and is told.

    Raises:
        NotBuilt: and says why in one line.
    """
    if not kinds():
        raise NoCompiler(f"there are none for {machine()}")
    compiler = find_compiler()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            _compile(compiler, Path(folder), more).replace(target)
    except OSError as failed:
        raise NotBuilt(f"{target.parent} can't be written to: {failed.strerror}") from failed


def _compile(compiler: Sequence[str], folder: Path, more: Sequence[str]) -> Path:
    objects = []
    beside = " ".join(word for word in (*compiler[1:], *more) if word.startswith("-"))
    told = f"-DBESIDE={json.dumps(beside and f' with {beside}')}"
    for kind, flags in FLAGS[machine()].items():
        objects.append(str(folder / f"{kind}.o"))
        named = (f"-DKIND={kind}", f"-DFINGERPRINT={fingerprint()}", told)
        _run([*compiler, *COMMON_FLAGS, *flags, *named, *more, "-c", str(MAIN), "-o", objects[-1]])
    linked = folder / "linked"
    _run([*compiler, "-shared", *more, *objects, "-o", str(linked)])
    return linked


def find_compiler() -> list[str]:
    """Return the command that compiles C: $CC, or one that stands here; NoCompiler if none does."""
    named = shlex.split(os.environ.get("CC", ""))
    found = named or [name for name in _COMPILERS if shutil.which(name)][:1]
    if not found:
        raise NoCompiler(f"there is no C compiler ({', '.join(_COMPILERS)} or $CC)")
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


def is_current(file: Path) -> bool:
    """Tell whether a library lies there that is of the source and the flags that lie here."""
    try:
        Library(file)
    except OSError:
        return False
    return True


def main(arguments: Sequence[str] = ()) -> int:
    """Build, and say in one line what came of it; nothing where `--if-needed` finds no need."""
    current = is_current(built_file())
    if "--if-needed" in arguments and current:
        return 0
    if not current:  # nobody calls it, but `make dist` would pack it
        with suppress(OSError):
            built_file().unlink()
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
    sys.exit(main(sys.argv[1:]))
