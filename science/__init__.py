"""The study behind the edge metric: `python -m science` measures it and writes docs/science.md."""

from app.blas_threads import use_one_blas_thread

use_one_blas_thread()
