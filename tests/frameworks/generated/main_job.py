"""The main job by a client of openapi-python-client: `python main_job.py ADDRESS TOKEN`."""

import sys
import time
from typing import Any

from filterscope_client import AuthenticatedClient, models
from filterscope_client.api.exports import export_run
from filterscope_client.api.history import get_film
from filterscope_client.api.runs import follow_run, get_run, start_run


def main(address: str, token: str) -> None:
    """Starts a preset, waits until it has finished, and looks at what it leaves."""
    asked: dict[str, Any] = {"client": AuthenticatedClient(address, token=token)}
    run = start_run.sync(**asked, body=_preset("mnist-strokes"))
    while run.status not in ("finished", "failed"):
        time.sleep(0.1)
        run = get_run.sync(run.id, **asked)
    assert run.status == "finished"
    film = get_film.sync(run.id, **asked)
    assert isinstance(film, models.FilmAnswer)
    assert film.steps[-1] == 20
    table = export_run.sync(
        run.id,
        **asked,
        format_=models.ExportRunFormat.CSV,
        table=models.ExportRunTable.CURVES,
    )
    assert table.payload.read().startswith(b"step,loss,accuracy")
    assert "event: run_finished" in follow_run.sync(run.id, **asked)
    refused = start_run.sync(**asked, body=_preset("nope"))
    assert isinstance(refused, models.ErrorAnswer)
    assert refused.error.field == "preset"
    again = start_run.sync(**asked, body=run.recipe)
    assert isinstance(again, models.Run), again


def _preset(name: str) -> models.PresetWithOverrides:
    body = models.PresetWithOverrides(preset=name)
    body["steps"] = 20
    return body


main(*sys.argv[1:])
