"""A watched run is told alike however its items are cut into batches, whatever its layers are."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from app.events import Event
from app.telling.watched import tell
from tests.telling.watching import SHAPES, Kernels, Sent, Server, described, end, snapshot, steps

DUE = (0, 1, 2, 5, 10, 20, 200, 500)
EVENT: TypeAdapter[Any] = TypeAdapter(Event)


def drawn(seed: int, kind: str = "conv2d") -> Kernels:
    return np.random.default_rng(seed).uniform(-1, 1, SHAPES[kind]).astype(np.float32)


def bodies(server: Server, kind: str) -> list[dict[str, Any]]:
    return [json.loads(event.body) for event in server.events if event.kind == kind]


def film(*kinds: str) -> list[Sent]:
    """A run in which the first layer learns, then loses a filter, and later breaks."""
    sent: list[Sent] = []
    for before, step in zip((0, *DUE), DUE, strict=False):
        kernels = [drawn(at, kind) for at, kind in enumerate(kinds)]
        kernels[0] = kernels[0] + np.float32(step / 100) * drawn(9, kinds[0])
        if step >= 200:
            kernels[0][..., 0] *= 1e-6
        if step == 500:
            kernels[0][..., 1] = np.nan
        if step:
            count = step - before
            losses = [round(2.0 / at, 3) for at in range(1, count + 1)]
            rates = [None if at % 3 else 0.1 for at in range(count)]
            sent.append(steps(before + 1, step, loss=losses, learning_rate=rates))
        sent.append(snapshot(step, *kernels, bias=np.arange(kernels[0].shape[-1], dtype="<f4")))
    return [*sent, steps(501, 502, loss=["nan", 3.0]), end(502)]


@given(cuts=st.sets(st.integers(1, 17)), forgets=st.booleans())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_batches_of_any_size_tell_the_same_bytes_over_any_restart(
    cache_folder: Path, cuts: set[int], forgets: bool
) -> None:
    sent = film("conv2d", "conv1d", "dense")
    whole = Server(described("conv2d", "conv1d", "dense"), cache_folder)
    whole.take(*sent)
    apart = Server(whole.run, cache_folder)
    places = [0, *sorted(cut for cut in cuts if cut < len(sent)), len(sent)]
    for start, stop in pairwise(places):
        if forgets:
            apart.state = json.loads(json.dumps(apart.state))
        apart.take(*sent[start:stop])
    assert apart.events == whole.events
    assert json.dumps(apart.state) == json.dumps(whole.state)


def test_every_event_is_one_that_the_page_knows(cache_folder: Path) -> None:
    server = Server(described("conv2d", "conv1d", "dense"), cache_folder)
    server.take(*film("conv2d", "conv1d", "dense"), left_out=3)
    for event in server.events:
        EVENT.validate_json(event.body)
    assert [event.kind for event in server.events[:2]] == ["run_started", "snapshot"]
    assert server.events[-1].kind == "left_out"
    assert bodies(server, "left_out") == [{"kind": "left_out", "step": 502, "snapshots": 3}]


@pytest.mark.parametrize("kind", SHAPES)
def test_layers_of_every_kind_are_told_and_only_pixels_are_judged(
    cache_folder: Path, kind: str
) -> None:
    server = Server(described(kind), cache_folder)
    server.take(snapshot(0, drawn(0, kind)), snapshot(1, drawn(1, kind)))
    _, told = bodies(server, "snapshot")
    filters = 12 if kind == "depthwise_conv2d" else SHAPES[kind][-1]
    assert {len(told[name]) for name in ("norm", "change", "correlation")} == {filters}
    assert ("label" in told) == (kind in ("conv2d", "depthwise_conv2d"))
    if "label" in told:
        assert len(told["label"]) == filters
    (health,) = told["health"]
    assert health["filters"] == filters
    array = server.events[-1].arrays[0]
    assert (array.shape, array.data) == (SHAPES[kind], drawn(1, kind).tobytes())


def test_grouped_and_deeper_convolutions_are_never_called_noise(cache_folder: Path) -> None:
    run = described("conv2d")
    grouped = run.layers[0].model_copy(update={"groups": 2})
    server = Server(run.model_copy(update={"layers": (grouped,)}), cache_folder)
    server.take(snapshot(0, drawn(0)))
    assert "label" not in bodies(server, "snapshot")[0]


def test_a_broken_frame_is_kept_and_warned_of_but_never_judged(cache_folder: Path) -> None:
    server = Server(described("conv2d"), cache_folder)
    broken = drawn(1)
    broken[0, 0, 0, 2] = np.inf
    server.take(snapshot(0, drawn(0)), snapshot(1, broken), snapshot(2, broken))
    first, told, _ = bodies(server, "snapshot")
    assert "broken" not in first
    assert told["broken"] is True
    assert not {"label", "norm"} & told.keys()
    assert told["health"] == [{"layer": "conv1", "filters": 8, "is_finite": False}]
    (alert,) = bodies(server, "alert")
    assert (alert["step"], alert["code"], alert["filters"]) == (1, "not_finite", [2])
    assert alert["message"].startswith("Not finite in block.0: 1 filter holds NaN or infinity.")


def test_health_says_how_far_each_layer_has_come(cache_folder: Path) -> None:
    server = Server(described("conv2d", "dense"), cache_folder)
    start, later = drawn(0, "dense"), 2 * drawn(0, "dense")
    later[:, 0] = 0
    later[:, 2] = -later[:, 1]
    server.take(snapshot(0, drawn(0), start))
    server.take(snapshot(5, drawn(0), later))
    _, dense = bodies(server, "snapshot")[1]["health"]
    exact = np.linalg.norm(later - start) / np.linalg.norm(start)
    assert dense["change"] == pytest.approx(exact, rel=1e-5)
    assert (dense["dead"], dense["duplicates"], dense["layer"]) == (1, 2, "dense2")


def test_a_layer_that_frame_0_was_without_has_no_change(cache_folder: Path) -> None:
    server = Server(described("conv2d", "dense"), cache_folder)
    server.take(snapshot(0, drawn(0)), snapshot(1, drawn(0), drawn(1, "dense")))
    assert "change" not in bodies(server, "snapshot")[1]["health"][1]


def test_alerts_speak_of_no_setting_that_nobody_knows(cache_folder: Path) -> None:
    server = Server(described("conv2d"), cache_folder)
    server.take(*film("conv2d"))
    words = " ".join(alert["message"] for alert in bodies(server, "alert"))
    assert {alert["code"] for alert in bodies(server, "alert")} >= {"dead", "not_finite"}
    for setting in ("weight_decay", "kernel_initializer", "None", "0.01", "conv1"):
        assert setting not in words


@pytest.mark.parametrize(("begins", "expected"), [("start", 1), ("unknown", 0)])
def test_what_never_moves_is_told_only_of_a_network_seen_from_its_start(
    cache_folder: Path, begins: str, expected: int
) -> None:
    server = Server(described("conv2d", begins=begins), cache_folder)
    server.take(snapshot(0, drawn(0)), snapshot(500, drawn(0)))
    told = [alert["code"] for alert in bodies(server, "alert")]
    assert told == ["still_at_initialisation"] * expected


def test_weights_that_run_away_are_told(cache_folder: Path) -> None:
    server = Server(described("conv2d", "dense"), cache_folder)
    server.take(snapshot(0, drawn(0), drawn(1, "dense")))
    server.take(snapshot(1, drawn(0), 30 * drawn(1, "dense")))
    (alert,) = bodies(server, "alert")
    assert alert["message"] == (
        "Exploding: the weights of block.1 have grown 30-fold. The run may break. Try a smaller "
        "learning rate."
    )


def test_numbers_that_were_not_logged_or_are_none_leave_no_trace(cache_folder: Path) -> None:
    server = Server(described("conv2d"), cache_folder)
    server.take(steps(1, 4, loss=[2.0, 1.5, "nan", None], accuracy=[None, 0.5, 0.5, None]))
    assert bodies(server, "steps") == [
        {"kind": "steps", "step": [1], "loss": [2.0]},
        {"kind": "steps", "step": [2], "loss": [1.5], "accuracy": [0.5]},
        {"kind": "steps", "step": [3], "accuracy": [0.5]},
        {"kind": "steps", "step": [4]},
    ]
    (alert,) = bodies(server, "alert")
    assert "the loss is no number at step 3" in alert["message"]


def test_a_later_attempt_tells_nothing_twice(cache_folder: Path) -> None:
    server = Server(described("conv2d"), cache_folder)
    server.take(snapshot(0, drawn(0)), steps(1, 8, loss=[1.0] * 8), snapshot(5, drawn(1)))
    told = server.take(
        *(snapshot(5, drawn(1)), steps(6, 10, loss=[2.0] * 5), snapshot(10, drawn(2))), attempt=2
    )
    assert [event.kind for event in told.events] == ["steps", "snapshot"]
    assert json.loads(told.events[0].body)["step"] == [9, 10]


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [("finished", "run_finished"), ("stopped", "run_stopped"), ("failed", "run_failed")],
)
def test_it_ends_as_the_script_says(cache_folder: Path, outcome: str, kind: str) -> None:
    server = Server(described("conv2d"), cache_folder)
    last = server.take(end(7, outcome, "ValueError: no")).events[-1]
    assert (last.kind, last.step) == (kind, 7)
    if kind == "run_failed":
        assert json.loads(last.body)["message"] == "ValueError: no"


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (({"kind": "news", "step": 1}, b""), "kind 'news'"),
        (({"kind": "snapshot", "step": 0, "arrays": [[9, "kernel", [1]]]}, b"1234"), "no layer 9"),
        (snapshot(0), "no layer with filters"),
        ((snapshot(0, drawn(0))[0], b""), "600 numbers"),
    ],
)
def test_what_no_script_may_send_is_refused(cache_folder: Path, sent: Sent, message: str) -> None:
    item, blob = sent
    with pytest.raises(ValueError, match=message):
        tell(
            described("conv2d"), None, [item], blob, first=lambda _: None, cache_folder=cache_folder
        )


def test_a_thousand_filters_and_long_kernels_are_told_in_bounded_time(cache_folder: Path) -> None:
    run = described("conv2d")
    for kind, shape in (
        ("conv2d", (7, 7, 3, 1024)),
        ("conv2d", (7, 7, 512, 16)),
        ("conv2d", (512, 1, 1, 64)),
        ("dense", (64, 9000)),
    ):
        layer = run.layers[0].model_copy(update={"kind": kind, "shape": shape})
        server = Server(run.model_copy(update={"layers": (layer,)}), cache_folder)
        kernels = np.random.default_rng(0).normal(size=shape).astype(np.float32)
        server.take(snapshot(0, kernels))
        (told,) = bodies(server, "snapshot")
        assert ("label" in told) == (shape == (7, 7, 3, 1024))
        assert ("duplicates" in told["health"][0]) == (shape[-1] <= 4096)
