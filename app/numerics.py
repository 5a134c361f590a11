"""What the numbers of a run depend on besides its recipe: versions, and what multiplies here."""

import functools
import json
import platform
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from . import __version__


class Numerics(BaseModel):
    """What rounds: where all of it is equal, the same recipe gives the same bytes."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    version: str = Field(description="of Filterscope")
    numpy: str = Field(description="version of NumPy")
    blas: str = Field(description="the library of matrix products with its version")
    kernel: str = Field(description="which of its kernels multiplies, as `SkylakeX`")
    simd: str = Field(description="the widest instructions that NumPy itself uses, as `AVX512_SKX`")
    kernels: str = Field(
        default="numpy",
        description="the compiled kernels that multiply besides, with their compiler, or `numpy`",
    )
    cpu: str = Field(description="the processor, as it calls itself")
    host: str | None = Field(default=None, description="the machine, if not the server's own")

    @property
    def rounding(self) -> Self:
        """What of it decides how is rounded: all but the machine's name."""
        return self.model_copy(update={"host": None})

    @classmethod
    def read(cls, kept: str | None) -> Self | None:
        """Reads what `as_kept` wrote."""
        return None if kept is None else cls.model_validate_json(kept)

    def as_kept(self) -> str:
        """Writes it as JSON."""
        return json.dumps(self.model_dump(exclude_none=True), separators=(",", ":"))


_TITLES = {
    "version": "Filterscope",
    "numpy": "NumPy",
    "blas": "matrix library",
    "kernel": "matrix kernel",
    "simd": "instructions",
    "kernels": "compiled kernels",
    "cpu": "processor",
}


def changes(was: Numerics | None, now: Numerics) -> list[str]:
    """Says in words what has changed, one each; nothing is known of what an older version used."""
    if was is None:
        return ["nobody noted what it was computed with before"]
    return list(_changes(was, now))


def _changes(was: Numerics, now: Numerics) -> Iterator[str]:
    for field, title in _TITLES.items():
        before, after = getattr(was, field), getattr(now, field)
        if before != after:
            yield f"{title}: {before} before, {after} now"


@functools.cache
def numerics_here() -> Numerics:
    """Finds out what this process computes with; it loads NumPy."""
    import numpy as np
    from threadpoolctl import threadpool_info

    from .kernels import kernels_told

    blas: dict[str, str] = next(
        (one for one in threadpool_info() if one.get("user_api") == "blas"), {}
    )
    extensions = np.show_config(mode="dicts").get("SIMD Extensions", {})
    widest = [*extensions.get("baseline", []), *extensions.get("found", [])]
    library = f"{blas.get('internal_api', 'unknown')} {blas.get('version') or ''}"
    return Numerics(
        version=__version__,
        numpy=np.__version__,
        blas=library.strip(),
        kernel=blas.get("architecture") or "unknown",
        simd=widest[-1] if widest else "unknown",
        kernels=kernels_told(),
        cpu=_processor(),
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "") or platform.processor() or platform.machine() or "unknown"
