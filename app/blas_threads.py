"""One BLAS thread for a process, so that sums keep their order: the same recipe, the same bytes.

Asked for where a process of ours starts, never by an import: whoever imports the package into a
program of their own keeps the threads they had.
"""

import os
import sys

_VARIABLES = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")


def use_one_blas_thread() -> None:
    """Keeps matrix products of this process, and of those it starts, to one thread each.

    BLAS reads the variables once, when NumPy is imported. Where that has happened already, the
    library itself is told. A neighbour that is busy then can't stall a spinning pool either.
    """
    os.environ.update(dict.fromkeys(_VARIABLES, "1"))
    if "numpy" in sys.modules:
        from threadpoolctl import threadpool_limits

        threadpool_limits(1, user_api="blas")
