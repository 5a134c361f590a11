"""Writes the shipped null tables anew: `python -m app.analysis.null_tables`."""

import json
from dataclasses import asdict
from typing import Final

from ..blas_threads import use_one_blas_thread
from .null import SHIPPED, compute_null

SHAPES: Final = tuple((size, channels) for channels in (1, 3) for size in range(3, 12))


def main() -> None:
    """Computes the null of each of `SHAPES` and replaces the file."""
    tables = {
        f"{size}x{size}x{channels}": asdict(compute_null(size, channels))
        for size, channels in SHAPES
    }
    SHIPPED.write_text(json.dumps(tables, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    use_one_blas_thread()
    main()
