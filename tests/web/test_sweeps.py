"""Sweeps over the interface: planned, begun, followed, steered and deleted as one."""

import asyncio
import csv
import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import numpy as np
import pytest

from app.web.answers.history import TypedArray
from tests.store.samples import evaluated, failed, finished, snapshot, started
from tests.web.numbers import numbers
from tests.web.scripted import ScriptedServer, scripted_server

RATES = {"field": "optimizer.learning_rate", "values": [0.003, 0.03]}
SIZES = {"field": "layers.conv1.kernel_size", "values": [3, 11]}
POOLS = {"field": "layers.1.pool_size", "values": [2, 13]}
BODY = {"base": "mnist-strokes", "axes": [RATES, SIZES], "seeds": [0, 7]}


def _begun(client: httpx.Client, **body: Any) -> dict[str, Any]:
    answer = client.post("/api/sweeps", json={**BODY, **body})
    assert answer.status_code == 201, answer.text
    sweep: dict[str, Any] = answer.json()
    assert answer.headers["Location"] == f"/api/sweeps/{sweep['id']}"
    return sweep


def _now(client: httpx.Client, sweep: dict[str, Any], **parameters: str) -> dict[str, Any]:
    told: dict[str, Any] = client.get(f"/api/sweeps/{sweep['id']}", params=parameters).json()
    return told


def _runs(sweep: dict[str, Any]) -> list[str]:
    """Returns its runs in the order in which they are to train."""
    seeds = range(len(sweep["seeds"]))
    return [cell["seeds"][seed]["run"] for seed in seeds for cell in sweep["cells"]]


def test_a_preview_counts_and_begins_nothing(client: httpx.Client) -> None:
    answer = client.post("/api/sweeps/preview", json={**BODY, "axes": [SIZES, POOLS]})
    told = answer.json()
    assert answer.status_code == 200, answer.text
    assert (told["cell_count"], told["runs"], told["total_steps"]) == (3, 6, 6 * 1000)
    assert told["name"] == "Handwritten strokes: size × max_pool1 size"
    (cell,) = told["impossible"]
    assert (cell["at"], cell["values"], cell["field"]) == ([1, 1], [11, 13], "layers.1.pool_size")
    assert "13" in cell["message"]
    assert told["has_room"]
    assert 0 < told["seconds"] < 600
    assert told["cluster_threads"] is None
    assert 10**6 < told["size_bytes"] < 10**8
    smaller = client.post("/api/sweeps/preview", json={**BODY, "keep": "ends"}).json()
    assert smaller["size_bytes"] < told["size_bytes"]
    assert (
        client.get("/api/runs").json()["runs"] == client.get("/api/sweeps").json()["sweeps"] == []
    )


def test_its_runs_are_ordinary_runs_that_differ_in_the_axes_and_wait(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    sweep = _begun(client, name="My map")
    assert (sweep["name"], sweep["status"], sweep["counts"]) == ("My map", "running", {"queued": 8})
    assert [cell["at"] for cell in sweep["cells"]] == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert sweep["axes"][1]["field"] == "layers.0.kernel_size"
    assert sweep["axes"][1]["words"] == ["3×3", "11×11"]
    assert scripted.supervisor.started == []
    run = client.get(f"/api/runs/{sweep['cells'][1]['seeds'][1]['run']}").json()
    assert (run["sweep"], run["status"], run["preset"]) == (sweep["id"], "queued", "mnist-strokes")
    assert [one["words"] for one in run["differences"]] == ["11×11", "lr 0.003", "seed 7"]
    listed = client.get("/api/runs", params={"sweep": sweep["id"], "sort": "oldest"}).json()
    assert [run["id"] for run in listed["runs"]] == _runs(sweep)
    assert client.get("/api/runs", params={"sweep": "other"}).json()["runs"] == []
    (head,) = client.get("/api/sweeps").json()["sweeps"]
    assert {name: sweep[name] for name in head} == head
    assert _now(client, {"id": "latest"}) == _now(client, sweep) == sweep


def test_whoever_asks_again_hears_of_what_changed_alone(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    sweep = _begun(client)
    runs = _runs(sweep)
    assert _now(client, sweep, since=sweep["revision"])["cells"] == []
    scripted.tell(runs[1], started(), snapshot(0), evaluated(0))
    scripted.tell(runs[4], started(), failed(3))
    told = _now(client, sweep, since=sweep["revision"])
    assert (told["whole"], [cell["at"] for cell in told["cells"]]) == (False, [[0, 0], [0, 1]])
    assert told["cells"][0]["seeds"][1]["error"] == "diverged"
    assert told["cells"][1]["seeds"][0] == {
        "seed": 0,
        "run": runs[1],
        "status": "running",
        "step": 0,
        "total_steps": 1000,
        "edges": 1.0,
        "score": 0.25,
        "accuracy": 0.875,
        "error": None,
    }
    assert told["counts"] == {"failed": 1, "queued": 6, "running": 1}
    path, tag = f"/api/sweeps/{sweep['id']}", f'"{told["revision"]}"'
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    scripted.tell(runs[1], finished(1000))
    again = client.get(path, headers={"If-None-Match": tag})
    assert again.headers["ETag"] != tag
    for stranger in ("", "ffffff-1", "x", "-", f"{told['revision']}9"):
        assert _now(client, sweep, since=stranger)["whole"] == (not stranger.startswith(tag[1:-1]))


def test_a_run_that_was_deleted_leaves_its_place(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    sweep = _begun(client)
    run_id = _runs(sweep)[2]
    scripted.tell(run_id, started(), finished(1000))
    assert client.delete(f"/api/runs/{run_id}").status_code == 204
    told = _now(client, sweep)
    assert told["counts"] == {"deleted": 1, "queued": 7}
    assert told["cells"][2]["seeds"][0]["run"] is None


def test_a_sweep_that_was_deleted_comes_back_with_its_runs(client: httpx.Client) -> None:
    sweep = _begun(client)
    path, asked = f"/api/sweeps/{sweep['id']}", {"sweep": "latest"}
    refused = client.post("/api/deletions", json=asked).json()["error"]
    assert (refused["code"], refused["field"]) == ("sweep_live", "sweep")
    before = client.patch(path, json={"status": "stopped"}).json()
    answer = client.post("/api/deletions", json=asked)
    assert (answer.status_code, sorted(answer.json()["runs"])) == (201, sorted(_runs(sweep)))
    assert client.get(path).json()["error"]["code"] == "sweep_unknown"
    assert client.get("/api/sweeps").json()["sweeps"] == []
    assert client.get("/api/runs").json()["runs"] == []
    assert client.delete(answer.headers["location"]).status_code == 204
    told = client.get(path).json()
    assert (told["cells"], told["counts"]) == (before["cells"], before["counts"])
    assert [one["id"] for one in client.get("/api/sweeps").json()["sweeps"]] == [sweep["id"]]


def test_a_sweep_to_which_runs_are_added_while_it_is_deleted_stays(
    scripted: ScriptedServer, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep = _begun(client, seeds=[0])
    path, sweeping = f"/api/sweeps/{sweep['id']}", scripted.app.state.services.sweeping
    for run in _runs(sweep):
        assert sweeping._backlog.take() == run
        scripted.tell(run, started(), finished(1000))
    remove = sweeping.remove

    async def remove_late(*asked: Any) -> Any:
        more = await asyncio.to_thread(client.post, f"{path}/seeds", json={"seeds": [1]})
        assert more.status_code == 200
        return await remove(*asked)

    monkeypatch.setattr(sweeping, "remove", remove_late)
    refused = client.post("/api/deletions", json={"sweep": sweep["id"]})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "sweep_changed")
    told = _now(client, sweep)
    assert told["counts"] == {"finished": 4, "queued": 4}
    assert sweeping._backlog.take() == _runs(told)[4]


def test_a_run_of_a_sweep_that_was_deleted_after_it_waits_for_that(client: httpx.Client) -> None:
    sweep = _begun(client)
    client.patch(f"/api/sweeps/{sweep['id']}", json={"status": "stopped"})
    run_id = _runs(sweep)[0]
    first = client.post("/api/deletions", json={"runs": [run_id]}).headers["location"]
    second = client.post("/api/deletions", json={"sweep": "latest"}).headers["location"]
    refused = client.delete(first)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "sweep_removed")
    assert [client.delete(path).status_code for path in (second, first)] == [204, 204]
    assert run_id in _runs(_now(client, sweep))


def test_it_is_paused_goes_on_and_is_stopped_for_good(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    sweep = _begun(client)
    path, runs = f"/api/sweeps/{sweep['id']}", _runs(sweep)
    backlog = scripted.app.state.services.sweeping._backlog
    assert client.patch(path, json={"status": "paused"}).json()["status"] == "paused"
    assert backlog.take() is None
    assert client.patch(path, json={"status": "running", "name": " New "}).json()["name"] == "New"
    assert backlog.take() == runs[0]
    scripted.tell(runs[0], started())
    assert client.delete(path).json()["error"]["code"] == "sweep_live"
    stopped = client.patch(path, json={"status": "stopped"})
    assert stopped.json()["counts"] == {"running": 1, "stopped": 7}
    assert scripted.supervisor.commands == [(runs[0], {"status": "stopped"})]
    assert stopped.json()["status"] == "stopping"
    scripted.tell(runs[0], finished(1000))
    for status in ("running", "paused", "stopped"):
        again = client.patch(path, json={"status": status})
        assert (again.status_code, again.json()["error"]["code"]) == (409, "sweep_ended")
    assert "never will" in again.json()["error"]["message"]
    assert client.delete(path).status_code == 204
    assert client.get(path).json()["error"]["code"] == "sweep_unknown"
    assert client.get("/api/runs").json()["runs"] == []


def test_more_seeds_train_each_cell_beside_those_that_it_has(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    sweep = _begun(client, seeds=[0])
    path, runs = f"/api/sweeps/{sweep['id']}", _runs(sweep)
    backlog = scripted.app.state.services.sweeping._backlog
    for run in runs:
        assert backlog.take() == run
        scripted.tell(run, started(), finished(1000))
    client.patch(path, json={"name": "renamed"})
    revision = _now(client, sweep)["revision"]
    answer = client.post(f"{path}/seeds", json={"seeds": [7, 8]})
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["name"], told["status"], told["runs"]) == ("renamed", "running", 12)
    assert told["counts"] == {"finished": 4, "queued": 8}
    assert _runs(told)[:4] == runs
    assert [backlog.take() for _ in range(9)] == [*_runs(told)[4:], None]
    assert len(_now(client, sweep, since=revision)["cells"]) == 4
    last = client.get(f"/api/runs/{_runs(told)[-1]}").json()
    assert [one["words"] for one in last["differences"]] == ["11×11", "lr 0.03", "seed 8"]


def test_more_seeds_of_a_paused_sweep_wait_and_a_stopped_one_takes_none(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    sweep = _begun(client, seeds=[0])
    path = f"/api/sweeps/{sweep['id']}"
    client.patch(path, json={"status": "paused"})
    assert client.post(f"{path}/seeds", json={"seeds": [1]}).json()["status"] == "paused"
    assert scripted.app.state.services.sweeping._backlog.take() is None
    client.patch(path, json={"status": "stopped"})
    refused = client.post(f"{path}/seeds", json={"seeds": [2]})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "sweep_ended")
    assert _now(client, sweep)["counts"] == {"stopped": 8}


def test_seeds_that_can_not_be_added_are_named(client: httpx.Client) -> None:
    sweep = _begun(client, seeds=[0])
    for seeds, field, words in (
        ([], "seeds", "fewer"),
        ([0], "seeds.0", "0 is there already"),
        ([1, 1], "seeds.1", "1 is there twice"),
        ([1.5], "seeds.0", "whole number"),
        (3, "seeds", "a list"),
        (list(range(1, 501)), "seeds", "2,004 runs"),
    ):
        answer = client.post(f"/api/sweeps/{sweep['id']}/seeds", json={"seeds": seeds})
        error = answer.json()["error"]
        assert (answer.status_code, error["field"], words in error["message"]) == (422, field, True)
    assert _now(client, sweep)["runs"] == 4


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"base": "mnist-stroke"}, "base.preset", "no such preset"),
        ({"base": {"preset": "mnist-strokes", "batch_size": -1}}, "base.batch_size", "at least 1"),
        ({"base": {"preset": "own:none"}}, "base.preset", "no"),
        ({"base": 7}, "base", "a preset's name"),
        ({"axes": []}, "axes", "fewer"),
        ({"axes": [RATES] * 4}, "axes", "more"),
        ({"axes": [{"field": "optimizer.lr", "values": [1]}]}, "axes.0.field", "learning_rate is"),
        ({"axes": [{"field": "weight_deca", "values": [1]}]}, "axes.0.field", "layers.0.weight_"),
        ({"axes": [RATES, {"field": "layers.9.x", "values": [1]}]}, "axes.1.field", "no field"),
        ({"axes": [{"field": "layers", "values": [1]}]}, "axes.0.field", "layers.0.weight_decay"),
        ({"axes": [{"field": "dataset", "values": ["mnist"]}]}, "axes.0.field", "same pictures"),
        ({"axes": [{"field": "seed", "values": [1]}]}, "axes.0.field", "say them as seeds"),
        ({"axes": [RATES, RATES]}, "axes.1.field", "twice"),
        (
            {"axes": [SIZES, {"field": "layers.0.kernel_size", "values": [5]}]},
            *("axes.1.field", "twice"),
        ),
        ({"axes": [{**RATES, "values": [0.1, 0.2, "0.1"]}]}, "axes.0.values.2", "0.1 twice"),
        ({"axes": [{**RATES, "values": []}]}, "axes.0.values", "fewer"),
        ({"axes": [{**RATES, "values": [0.1, "fast"]}]}, "axes.0.values.1", "a number"),
        ({"axes": [{**RATES, "values": [0.1, -1]}]}, "axes.0.values.1", "at least 0"),
        ({"axes": [{**RATES, "values": [[0.1]]}]}, "axes.0.values.0", "not a list"),
        ({"axes": [{**RATES, "values": [None]}]}, "axes.0.values.0", "not null"),
        ({"axes": [{**RATES, "values": ["x" * 101]}]}, "axes.0.values.0", "one as large"),
        ({"axes": [{**SIZES, "values": [28]}]}, "axes.0.values.0", "at most 11"),
        ({"seeds": []}, "seeds", "fewer"),
        ({"seeds": [1, 2, 1]}, "seeds", "1 is there twice"),
        ({"seeds": [0, 0]}, "seeds", "0 is there twice"),
        ({"seeds": [1.5]}, "seeds.0", "whole number"),
        ({"seeds": [2**32]}, "seeds.0", "below"),
        ({"seeds": 3}, "seeds", "a list"),
        ({"keep": "nothing"}, "keep", "films"),
        ({"name": " "}, "name", "visible"),
        ({"colour": 1}, "colour", "no field"),
    ],
)
def test_what_can_not_be_swept_is_named_with_the_reason(
    asker: httpx.Client, change: dict[str, Any], field: str, words: str
) -> None:
    for path in ("/api/sweeps", "/api/sweeps/preview"):
        answer = asker.post(path, json={**BODY, **change})
        assert answer.status_code == 422, answer.text
        error = answer.json()["error"]
        assert (error["field"], words in error["message"]) == (field, True), error
    assert asker.get("/api/sweeps").json() == {"sweeps": []}


def test_a_million_runs_are_refused_before_anything_is_made_of_them(asker: httpx.Client) -> None:
    axes = [{"field": field, "values": list(range(1, 101))} for field in ("steps", "batch_size")]
    answer = asker.post("/api/sweeps", json={**BODY, "axes": axes, "seeds": list(range(100))})
    error = answer.json()["error"]
    assert (error["code"], error["limit"]) == ("sweep_too_large", 2000)
    assert "1,000,000 runs" in error["message"]


def test_cells_none_of_which_can_be_are_no_sweep(asker: httpx.Client) -> None:
    axes = [{**SIZES, "values": [11]}, {**POOLS, "values": [13]}]
    error = asker.post("/api/sweeps", json={**BODY, "axes": axes}).json()["error"]
    assert (error["field"], "None of these" in error["message"]) == ("axes", True)


def test_many_who_follow_it_at_once_are_told_the_same(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    sweep = _begun(client)
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: _now(client, sweep), range(40)))
    assert all(one == sweep for one in told)


def test_a_sweep_that_a_server_left_waits_or_goes_on_as_it_was_told(tmp_path: Any) -> None:
    with scripted_server(tmp_path) as running, running.client() as client:
        going, held, over = (_begun(client) for _ in range(3))
        client.patch(f"/api/sweeps/{held['id']}", json={"status": "paused"})
        running.tell(_runs(going)[0], started())
        running.store.change_sweep(over["id"], status="stopped").result()  # and no more was done
    with scripted_server(tmp_path) as running, running.client() as client:
        assert [run[0] for run in running.supervisor.resumed] == _runs(going)[:1]
        assert _now(client, over)["counts"] == {"stopped": 8}
        assert [_now(client, one)["status"] for one in (going, held)] == ["running", "paused"]
        backlog = running.app.state.services.sweeping._backlog
        assert [backlog.take() for _ in range(8)] == [*_runs(going)[1:], None]
    with scripted_server(tmp_path, resume="wait") as running, running.client() as client:
        assert running.supervisor.resumed == []
        assert _now(client, going)["status"] == "paused"
        answer = client.patch(f"/api/sweeps/{going['id']}", json={"status": "running"})
        assert answer.json()["status"] == "running"


def test_one_share_is_another_step_of_each_run(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    axes = [{"field": "steps", "values": [10, 100]}]
    sweep = _begun(client, axes=axes)
    path, runs = f"/api/sweeps/{sweep['id']}/strips", _runs(sweep)
    for run_id, last in ((runs[0], 10), (runs[1], 100), (runs[3], 100)):
        told = [started(), *(snapshot(step) for step in (0, last // 2)), evaluated(last // 2)]
        scripted.tell(run_id, *told, snapshot(last))

    def steps(**parameters: float) -> list[Any]:
        told = client.get(path, params=parameters).json()
        return [(cell["step"], [seed["step"] for seed in cell["seeds"]]) for cell in told["cells"]]

    assert steps(share=0) == [(0, [0, None]), (0, [0, 0])]
    assert steps(share=0.5) == [(5, [5, None]), (50, [50, 50])]
    assert steps() == steps(share=1) == [(10, [10, None]), (100, [100, 100])]
    assert steps(step=7) == [(5, [5, None]), (0, [0, 0])]
    assert steps(share=0, seed=7) == [(None, [0, None]), (0, [0, 0])]
    answer = client.get(path, params={"share": 0.5, "filters": 3})
    cell = answer.json()["cells"][0]
    assert (cell["seed"], cell["run"]) == (0, runs[0])
    kernel = numbers(TypedArray(**cell["kernels"]))
    assert kernel.shape == (2, 1, 1, 1)
    assert kernel.ravel().tolist() == [5.0, -5.0]
    assert cell["seeds"][0] == {
        "seed": 0,
        "step": 5,
        "edges": 1.0,
        "score": 0.25,
        "accuracy": 0.875,
    }
    again = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(path, params={"share": 0.5, "filters": 3}, headers=again).status_code == 304
    for wrong in ({"share": 2}, {"share": 0.5, "step": 5}, {"seed": 3}, {"filters": 9}):
        assert client.get(path, params=wrong).status_code == 422


def test_the_map_is_taken_home_as_a_table_and_as_arrays(
    scripted: ScriptedServer, client: httpx.Client
) -> None:
    sweep = _begun(client, name="Ünsere Map!", axes=[RATES, SIZES])
    path, runs = f"/api/sweeps/{sweep['id']}", _runs(sweep)
    scripted.tell(runs[1], started(), snapshot(0), evaluated(0), finished(1000))
    scripted.tell(runs[2], started(), finished(1000))
    client.delete(f"/api/runs/{runs[2]}")
    answer = client.get(f"{path}/map.csv")
    assert 'filename="filterscope-unsere-map-map.csv"' in answer.headers["Content-Disposition"]
    table = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(table) == 8
    assert table[2] == {
        "optimizer.learning_rate": "0.003",
        "layers.0.kernel_size": "11",
        "seed": "0",
        "run": runs[1],
        "status": "finished",
        "step": "1000",
        "total_steps": "1000",
        "edges": "1.0",
        "score": "0.25",
        "accuracy": "0.875",
    }
    assert (table[4]["status"], table[4]["run"], table[4]["edges"]) == ("deleted", "", "")
    with_commas = client.get(f"{path}/map.csv", params={"decimal": "comma"}).text
    assert "0,003;11;0;" in with_commas
    arrays = np.load(io.BytesIO(client.get(f"{path}/map.npz").content))
    assert arrays["axis0/field"] == "optimizer.learning_rate"
    assert arrays["axis1/values"].tolist() == [3, 11]
    assert arrays["seeds"].tolist() == [0, 7]
    assert arrays["edges"].shape == (2, 2, 2)
    assert (arrays["edges"][0, 1, 0], np.isnan(arrays["edges"]).sum()) == (1.0, 7)
    assert arrays["run"][0, 1, 0] == runs[1]
