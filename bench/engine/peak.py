"""What a core multiplies and adds at most, by a loop in C that touches no memory."""

import ctypes
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from app.kernels import kernels_here
from app.kernels.build import NoCompiler, find_compiler
from app.kernels.source import COMMON_FLAGS, FLAGS, FOLDER, machine

OPERATIONS = 2 * 1024**3  # as many as a product of 1,024³
_SOURCE = Path(__file__).with_name("peak.c")
_NUMBERS = 1024  # more than its registers hold


def multiplying_and_adding() -> Callable[[], object] | None:
    """Build a function of at least so many OPERATIONS in the widest registers of this processor;
    None where no kernel runs or no compiler stands.
    """
    try:
        kind, compiler = kernels_here(), find_compiler()
    except NoCompiler:
        return None
    if kind is None:
        return None
    with tempfile.TemporaryDirectory(prefix="filterscope-peak-") as folder:
        built = Path(folder) / "peak.so"
        flags = (*COMMON_FLAGS, *FLAGS[machine()][kind.name], f"-DKIND={kind.name}", f"-I{FOLDER}")
        subprocess.run([*compiler, *flags, "-shared", str(_SOURCE), "-o", str(built)], check=True)
        function = getattr(ctypes.CDLL(str(built)), f"multiply_and_add_{kind.name}")
    function.restype, function.argtypes = ctypes.c_int64, [ctypes.c_int64, ctypes.c_void_p]
    numbers = np.ones(_NUMBERS, np.float32)
    times = -(-OPERATIONS // function(1, numbers.ctypes.data))
    return lambda: function(times, numbers.ctypes.data)
