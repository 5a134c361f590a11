"""Filterscope: watch a convolutional network's filters learn."""

import os

__version__ = "0.1.0"

# One BLAS thread per Python thread, whoever imports NumPy first: sums keep their order, so the
# same recipe and seed give the same bytes, and a busy neighbour can't stall a spinning BLAS pool.
for _variable in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")
