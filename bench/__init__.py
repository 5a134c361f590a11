"""What the design allows beside what this machine does: python -m bench"""

from app.blas_threads import use_one_blas_thread

use_one_blas_thread()
