"""The first few filters of a run, in the few bytes that a row of a table needs."""

import json
from typing import Annotated, Final

from fastapi import Query

from ..events import typed_array
from ..store import DataDamaged, RunRow
from .services import Services, run_named
from .shown_filters import first_filters

_MOST_BYTES: Final = 64 * 1024

Ids = Annotated[
    str,
    Query(
        pattern="^[0-9A-Za-z_-]{1,100}(,[0-9A-Za-z_-]{1,100}){0,99}$",
        description="ids with commas between them, at most a hundred",
    ),
]
Count = Annotated[int, Query(ge=1, le=16, description="how many filters of each run")]


def strip_of(services: Services, name: str, count: int) -> bytes:
    """Returns the first filters of the run of that id, as JSON; empty where there are none to show,
    or what is on record of them can't be read.
    """
    try:
        run = run_named(services.store, name)
        if run is None or not run.layers:
            return b""
        return services.strips.of(
            (run.number, run.version, count), lambda: _written(services, run, count)
        )
    except DataDamaged:
        return b""


def _written(services: Services, run: RunRow, count: int) -> bytes:
    layer = run.layers[0]
    frame = services.store.frame_until(run.id, layer, None)
    if frame is None or len(frame.kernel.data) // frame.kernel.shape[-1] * count > _MOST_BYTES:
        return b""
    kind = run.described.layer(layer).kind
    told = {"run": run.id, "step": frame.step, "layer": layer, "kind": kind}
    kernel = typed_array(first_filters(frame.kernel, count))
    return json.dumps(told | {"kernel": kernel}, separators=(",", ":")).encode()
