"""Runs a module with few files to open: python -m bench.limited FILES MODULE [ARGUMENT ...]"""

import resource
import runpy
import sys

if __name__ == "__main__":
    files = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    sys.argv = sys.argv[2:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
