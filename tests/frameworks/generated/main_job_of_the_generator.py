"""The main job by a client of openapi-generator: `python … ADDRESS TOKEN`."""

import sys
import time

import openapi_client as made
import pytest


def main(address: str, token: str) -> None:
    """Starts a preset, waits until it has finished, and looks at what it leaves."""
    configuration = made.Configuration(access_token=token)
    assert configuration.host == address  # as the description says
    with made.ApiClient(configuration) as client:
        runs = made.RunsApi(client)
        preset = made.PresetWithOverrides.from_dict({"preset": "mnist-strokes", "steps": 20})
        run = runs.start_run(made.RecipeRequest(preset))
        while run.status not in ("finished", "failed"):
            time.sleep(0.1)
            run = runs.get_run(run.id)
        assert run.status == "finished"
        assert made.HistoryApi(client).get_film(run.id).steps[-1] == 20
        table = made.ExportsApi(client).export_run(run.id, format="csv", table="curves")
        assert table.startswith(b"step,loss,accuracy")
        with pytest.raises(made.ApiException) as refused:
            runs.get_run("nobody")
        assert refused.value.status == 404


main(*sys.argv[1:])
