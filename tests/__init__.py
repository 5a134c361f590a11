import app  # noqa: F401  (before NumPy, so that BLAS keeps to one thread, as in the program)
