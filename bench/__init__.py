"""What the design allows beside what this machine does: python -m bench"""

import app  # noqa: F401  (before NumPy, so that BLAS keeps to one thread)
