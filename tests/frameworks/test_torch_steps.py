"""Which optimisers' steps count, and what our hooks leave alone."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn
from torch.optim import SGD
from torch.optim import optimizer as optimizers

from app import watch
from tests.frameworks.film import Film
from tests.frameworks.torch_cases import Wrapping, learn

pytestmark = pytest.mark.filterwarnings("ignore")  # of the libraries, not ours
IMAGES, LABELS = torch.randn(4, 3, 10, 10), torch.arange(4) % 2
HOOKS = optimizers._global_optimizer_pre_hooks, optimizers._global_optimizer_post_hooks


def network() -> nn.Sequential:
    stem, body = nn.Conv2d(3, 8, 3), nn.Conv2d(8, 4, 3)
    return nn.Sequential(stem, nn.ReLU(), body, nn.AdaptiveAvgPool2d(1), nn.Flatten())


def step(model: nn.Module, optimizer: Any) -> None:
    learn(model, optimizer, IMAGES, LABELS)


@contextmanager
def another_tools_hooks() -> Iterator[list[str]]:
    """Hooks that were registered after ours, so that PyTorch goes on to them after ours."""
    called: list[str] = []
    handles = [
        optimizers.register_optimizer_step_pre_hook(lambda *_: called.append("before")),
        optimizers.register_optimizer_step_post_hook(lambda *_: called.append("after")),
    ]
    try:
        yield called
    finally:
        for handle in handles:
            handle.remove()


def test_an_optimiser_that_steps_alone_is_listened_to_after_its_steps_only(tmp_path: Path) -> None:
    model, before = network(), [len(hooks) for hooks in HOOKS]
    run = watch(model, to=tmp_path / "film.fscope")
    optimizer = SGD(model.parameters(), 0.1)
    assert [len(hooks) for hooks in HOOKS] == [before[0] + 1, before[1] + 1]
    step(model, optimizer)
    assert [len(hooks) for hooks in HOOKS] == [before[0], before[1] + 1]
    run.close()
    assert [len(hooks) for hooks in HOOKS] == before


def test_another_optimiser_that_goes_on_counts_from_its_first_step(tmp_path: Path) -> None:
    model = network()
    run = watch(model, to=tmp_path / "film.fscope")
    for optimizer in (SGD(model.parameters(), 0.1), torch.optim.Adam(model.parameters(), 0.01)):
        for _ in range(3):
            step(model, optimizer)
    assert run.count == 6
    outer = Wrapping(SGD(model.parameters(), 0.1))
    step(model, outer)
    step(model, outer)
    assert run.count == 8
    run.close()


def test_a_step_that_an_error_breaks_off_keeps_no_other_from_being_counted(tmp_path: Path) -> None:
    model = network()
    run = watch(model, to=tmp_path / "film.fscope")

    def closure() -> float:
        raise RuntimeError("out of memory")

    broken, whole = SGD(model.parameters(), 0.1), SGD(model.parameters(), 0.1)
    with suppress(RuntimeError):
        broken.step(closure)  # type: ignore[arg-type]
    step(model, whole)
    step(model, whole)
    run.close()
    assert run.count == 2
    assert list(Film(tmp_path / "film.fscope").snapshots) == [0, 1, 2]


def test_an_optimiser_that_gets_the_first_layer_later_counts_from_then_on(tmp_path: Path) -> None:
    model = network()
    run = watch(model, to=tmp_path / "film.fscope")
    optimizer = SGD(model[2].parameters(), 0.1)
    step(model, optimizer)
    step(model, optimizer)
    assert run.count == 0
    optimizer.add_param_group({"params": model[0].parameters()})
    step(model, optimizer)
    assert run.count == 1
    run.close()


def test_where_another_process_tells_other_tools_hooks_are_called_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RANK", "1")
    model = network()
    run = watch(model, to=tmp_path / "film.fscope")
    with another_tools_hooks() as called:
        step(model, SGD(model.parameters(), 0.1))
    assert called == ["before", "after"]
    run.close()
    assert not list(tmp_path.iterdir())


def test_a_run_may_be_closed_by_what_hears_an_alert(tmp_path: Path) -> None:
    model = network()
    run = watch(model, to=tmp_path / "film.fscope", on_alert=lambda _: run.close())
    optimizer = SGD(model.parameters(), 0.1)
    with another_tools_hooks() as called:
        step(model, optimizer)
        run.alerts.append({"code": "dead"})
        step(model, optimizer)
        step(model, optimizer)
    assert called == ["before", "after"] * 3
    assert run.count == 2


def test_weights_that_move_or_change_their_layout_are_still_told(tmp_path: Path) -> None:
    model = network()
    run = watch(model, to=tmp_path / "film.fscope")
    optimizer = SGD(model.parameters(), 0.1)
    kept = []
    for update in range(6):
        kept.append(model[0].weight.detach().numpy().transpose(2, 3, 1, 0).copy())  # type: ignore[union-attr, operator]
        if update == 2:
            model[0].weight.data = model[0].weight.data * 2
            kept[-1] *= 2
        if update == 3:
            model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        step(model, optimizer)
    run.close()
    film = Film(tmp_path / "film.fscope")
    for update in (0, 1, 3, 4):
        assert np.array_equal(film.snapshots[update]["0/kernel"], kept[update])


def test_steps_compiled_anew_for_each_of_many_runs_are_counted(tmp_path: Path) -> None:
    compiled = torch.compile(step, backend="eager")
    for number in range(torch._dynamo.config.recompile_limit + 2):
        model = network()
        run = watch(model, to=tmp_path / f"{number}.fscope")
        optimizer = SGD(model.parameters(), 0.1)
        for _ in range(3):
            compiled(model, optimizer)
        run.close()
        assert list(Film(tmp_path / f"{number}.fscope").snapshots) == [0, 1, 2, 3]
