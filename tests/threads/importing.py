"""What an import of the package does to the threads of the program that imports it."""

import json
import os
import subprocess
from pathlib import Path
from typing import NamedTuple

VARIABLES = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")
# Whoever has set more than one keeps them where the process is theirs; where it is ours, they go.
TWO_THREADS = dict.fromkeys(VARIABLES, "2")
PRODUCTS_THREADS = """
def products_threads():
    import numpy
    from threadpoolctl import threadpool_info
    numpy.ones((500, 500)) @ numpy.ones((500, 500))
    return [each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"]
"""
_IMPORT = f"""
import importlib, json, os, pkgutil
{PRODUCTS_THREADS}
threads, environment = products_threads(), dict(os.environ)
import PACKAGE
for module in pkgutil.walk_packages(PACKAGE.__path__, "PACKAGE."):
    importlib.import_module(module.name)
print(json.dumps([threads, products_threads(), dict(os.environ) == environment]))
"""


class Threads(NamedTuple):
    """The threads of a matrix product, and whether every variable is as it was."""

    before: list[int]
    after: list[int]
    environment_is_kept: bool


def import_package(
    python: str, package: str, where: Path, variables: dict[str, str] | None = None
) -> Threads:
    """Imports all of the package between two products, in a process with these variables."""
    ran = run(python, _IMPORT.replace("PACKAGE", package), where, variables)
    return Threads(*json.loads(ran))


def run(python: str, program: str, where: Path, variables: dict[str, str] | None = None) -> str:
    """What a program says on its last line, with no threads asked for but by `variables`."""
    unset = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    ran = subprocess.run(
        [python, "-c", program],
        cwd=where,
        env={**unset, **(variables or {})},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return ran.stdout.splitlines()[-1]


def cores() -> int:
    """How many threads BLAS takes by itself."""
    return len(os.sched_getaffinity(0))
