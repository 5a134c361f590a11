"""The study behind the edge metric: `python -m science` measures it and writes docs/science.md."""

import app  # noqa: F401  (before NumPy, so that BLAS keeps to one thread)
