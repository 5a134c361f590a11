"""What one can take home of a run."""

import asyncio
from typing import Annotated

from fastapi import Query, Request, Response

from .. import __version__
from ..export.material import (
    CHART_WIDTH,
    FILTERS_WIDTH,
    MEDIA_TYPES,
    NETWORKS,
    Background,
    ExportRequest,
    Format,
    Scale,
    Table,
    View,
)
from ..export.names import file_name
from ..store import RunRow
from .asking import Asker, Asking, Places
from .chosen import Chosen, layer_of, step_of, subject_of
from .concerns import ColumnSeparator, DecimalSign, check_concerns, table_style
from .downloads import as_download, tag_of, too_many_exports, unchanged
from .history import FILM_BYTES, Layer
from .network_files import network_step
from .numeric import write_export, write_network_file
from .openapi import FILE
from .routes import Routes
from .services import FoundRun, Services, Serving

router = Routes(prefix="/api/runs/{run_id}", tags=["exports"])

_MOST_WAITING = 8
_MOST_OF_ONE = 6  # of them may be one client's, for the others to have a place too
_ANY = "application/octet-stream"  # first: generators go by the first type that they know
_CONTENT = dict.fromkeys((_ANY, *(kind.partition(";")[0] for kind in MEDIA_TYPES.values())), FILE)


@router.get(
    "/export",
    response_class=Response,
    responses={200: {"content": _CONTENT, "description": "The file."}},
)
async def export_run(
    request: Request,
    run: FoundRun,
    services: Serving,
    asking: Asking,
    format: Annotated[  # noqa: A002  -- the contract's word
        Format, Query(description="of the file; a picture is a film unless a step is said")
    ],
    layer: Layer = None,
    scale: Annotated[
        Scale, Query(description="of a picture's colours: one for all filters, or each its own")
    ] = "shared",
    width: Annotated[
        int | None,
        Query(ge=320, le=2048, description="of a picture, in pixels: 560, of a chart 1120"),
    ] = None,
    step: Annotated[
        str | None,
        Query(description="a picture or network of this step, or of `first`, or of `latest`"),
    ] = None,
    frames: Annotated[int, Query(ge=2, le=2000, description="of a film, at most")] = 80,
    seconds: Annotated[
        float, Query(ge=1, le=120, allow_inf_nan=False, description="that a film takes")
    ] = 8.0,
    table: Annotated[Table, Query(description="of which numbers; curves are by step")] = "filters",
    view: Annotated[
        View, Query(description="that a picture shows: the filters, or a chart, as png or svg")
    ] = "filters",
    background: Annotated[
        Background, Query(description="of a single picture or a chart, as png or svg")
    ] = "white",
    decimal: DecimalSign = "point",
    sep: ColumnSeparator = None,
) -> Response:
    """Exports a run to take home: its film, a picture, a chart, a page for a course, its numbers,
    its network.

    `html` is one file that opens without a network and can be scrubbed through and inspected.
    `keras`, `onnx`, `torch` and `safetensors` are the network at a step, for their libraries.

    ```sh
    curl --output film.gif 'http://127.0.0.1:8000/api/runs/latest/export?format=gif'
    ```
    """
    check_concerns(request.query_params, format, view)
    style = table_style(decimal, sep)
    if format in NETWORKS:
        return await _export_network(request, run, services, asking, format, step)
    chosen = layer_of(run, layer)
    steps = await asyncio.to_thread(services.store.snapshot_steps, run.id)
    at = step_of(steps, step or "latest")
    is_chart = view != "filters"
    is_still = not is_chart and (step is not None or format == "svg")
    wide = width or (CHART_WIDTH if is_chart else FILTERS_WIDTH)
    still = at if is_still else None
    wanted = ExportRequest(
        *(format, scale, wide, frames, seconds, still),
        *(table, view, style, background),
    )
    tag = tag_of(run.id, run.last_seq, run.annotations, chosen, layer is None, *wanted, __version__)
    if unchanged(request, tag):
        return Response(status_code=304, headers={"ETag": tag})
    layers = list(run.layers) if format in ("npz", "html") and layer is None else [chosen]
    name = file_name(run.described, run.preset, None if chosen == run.layers[0] else chosen, wanted)
    return await asking._replace(aside=services.exports, places=_places()).write(
        write_export,
        *(services.settings.database_path, run, layers, FILM_BYTES),
        *(services.settings.cache_folder, wanted),
        media_type=MEDIA_TYPES[format],
        headers=as_download(name, tag),
    )


async def _export_network(
    request: Request,
    run: RunRow,
    services: Services,
    asking: Asker,
    kind: Format,
    asked: str | None,
) -> Response:
    """Answers with a network; what is recorded of a step stays, so that its tag follows from it."""
    step = await asyncio.to_thread(network_step, services.store, run, asked)
    tag = tag_of("network file", run.id, run.name, run.annotations.note, step, kind, __version__)
    if unchanged(request, tag):
        return Response(status_code=304, headers={"ETag": tag})
    name = file_name(run.described, run.preset, None, ExportRequest(kind, step=step))
    return await asking._replace(aside=services.exports, places=_places()).write(
        write_network_file,
        *(subject_of(services.settings, Chosen(run, step)), run, kind),
        media_type=MEDIA_TYPES[kind],
        headers=as_download(name, tag),
    )


def _places() -> Places:
    return Places(_MOST_WAITING, _MOST_OF_ONE, too_many_exports)
