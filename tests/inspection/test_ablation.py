"""What filters are worth, and what pictures are taken for, against plain loops over them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.engine import Network
from app.events import EncodedEvent, StoredArray
from app.inspection import ablation, mistakes, tried
from app.inspection.cache import CACHE
from app.inspection.looking import activations_of, kept_at
from app.inspection.refused import Missing, Refused
from app.inspection.snapshot import KeptSnapshot
from app.inspection.subject import Subject
from app.inspection.switched import SwitchedNetwork
from app.recipe import described, resolve
from app.store import Store
from app.training.build import build_network
from app.training.data import load_dataset
from app.training.loop import Training
from tests.store.samples import new_run, open_store

PICTURES = 300
STEPS = 40
NORMALISED = [
    {"type": "conv2d", "filters": 6, "kernel_size": 7, "strides": 2},
    {"type": "batch_normalization", "momentum": 0.5},
    {"type": "max_pool2d", "pool_size": 2},
    {"type": "conv2d", "filters": 8, "kernel_size": 3, "activation": "relu"},
    {"type": "flatten"},
    {"type": "dense", "units": 10},
]
RECIPES: dict[str, dict[str, Any]] = {
    "plain": {"preset": "mnist-two-layers", "steps": STEPS},
    "normalised": {"preset": "mnist-two-layers", "steps": STEPS, "layers": NORMALISED},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ablation")


@pytest.fixture(scope="module")
def store(folder: Path, cache_folder: Path) -> Iterator[Store]:
    """A database in use, with runs that were trained, and one whose last weights are no numbers."""
    with open_store(folder) as opened:
        for run_id, asked in RECIPES.items():
            recipe = resolve(asked)
            told = list(Training(recipe, load_dataset(recipe, cache_folder), cache_folder).run())
            text = recipe.model_dump_json(exclude_none=True)
            for name, events in ((run_id, told), (f"{run_id} broken", list(map(_broken, told)))):
                run = new_run(name, described=described(recipe), recipe=text)
                opened.create_run(run).result()
                opened.record(name, events, 1.0).result()
        yield opened


def _broken(event: EncodedEvent) -> EncodedEvent:
    """Makes one weight of the last snapshot NaN."""
    if event.step != STEPS or not event.arrays:
        return event
    first, *others = event.arrays
    numbers = np.frombuffer(first.data, "<f4").copy()
    numbers[0] = np.nan
    return event._replace(arrays=(StoredArray(first.name, first.shape, numbers.tobytes()), *others))


@pytest.fixture(autouse=True)
def few_pictures(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    CACHE.clear()
    monkeypatch.setattr(tried, "MOST_TRIED", PICTURES)
    monkeypatch.setattr(ablation, "MOST_TRIED", PICTURES)
    yield
    CACHE.clear()


@pytest.fixture
def subject(store: Store, folder: Path, cache_folder: Path) -> Subject:
    return Subject(folder / "filterscope.sqlite3", cache_folder, "plain", STEPS)


def _asked(subject: Subject, *question: Any) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(ablation.ablation_of(subject, *question))
    return told


def _network(kept: KeptSnapshot, weights: dict[str, np.ndarray]) -> Network:
    network = build_network(kept.recipe, 1)
    network.load_weights(weights)
    return network


def _named(kept: KeptSnapshot, weights: dict[str, np.ndarray], pictures: int) -> list[int]:
    """What each of the first test pictures is taken for, one after the other."""
    network = _network(kept, weights)
    images, _ = kept.dataset.test(0, pictures)
    return [int(network.predict(image[None])[0].argmax()) for image in images]


def _right(kept: KeptSnapshot, weights: dict[str, np.ndarray]) -> float:
    _, labels = kept.dataset.test(0, PICTURES)
    pairs = zip(_named(kept, weights, PICTURES), labels, strict=True)
    return sum(said == label for said, label in pairs) / PICTURES


def _without(weights: dict[str, np.ndarray], filters: set[int]) -> dict[str, np.ndarray]:
    """Weights of which these filters answer 0 everywhere, whatever comes in."""
    changed = {name: array.copy() for name, array in weights.items()}
    is_normalised = "batch_normalization1/gamma" in weights
    names = ("gamma", "beta") if is_normalised else ("kernel", "bias")
    layer = "batch_normalization1" if is_normalised else "conv1"
    for name in names:
        changed[f"{layer}/{name}"][..., list(filters)] = 0
    return changed


def _with_noise(
    weights: dict[str, np.ndarray], first: dict[str, np.ndarray], filters: set[int]
) -> dict[str, np.ndarray]:
    chosen = list(filters)
    kernel = weights["conv1/kernel"].copy()
    kernel[..., chosen] = first["conv1/kernel"][..., chosen]
    return {**weights, "conv1/kernel": kernel}


@pytest.mark.parametrize("run", RECIPES)
@pytest.mark.parametrize("how", ["off", "noise", "only"])
def test_it_agrees_with_a_plain_loop_over_the_test_pictures(
    subject: Subject, run: str, how: str
) -> None:
    subject = subject._replace(run_id=run)
    kept, first = kept_at(subject), kept_at(subject._replace(step=0)).weights()
    weights = kept.weights()
    every = set(range(weights["conv1/kernel"].shape[3]))

    def changed(filters: set[int]) -> dict[str, np.ndarray]:
        if how == "noise":
            return _with_noise(weights, first, filters)
        return _without(weights, filters if how == "off" else every - filters)

    def switched(filters: set[int]) -> float:
        return _right(kept, changed(filters))

    told = _asked(subject, "conv1", (3, 5), how)
    assert (told["step"], told["layer"], told["how"]) == (STEPS, "conv1", how)
    assert told["images"] == PICTURES
    assert told["accuracy"] == _right(kept, weights)
    for one in told["filters"]:
        assert one["accuracy"] == switched({one["filter"]})
        assert one["drop"] == pytest.approx(told["accuracy"] - one["accuracy"])
        assert one["low"] <= one["drop"] <= one["high"]
    assert told["together"]["accuracy"] == switched({3, 5})
    asked = {"index": 7, "split": "test", "image": None, "png": None}
    asked |= {"switched": {"layer": "conv1", "filters": [3, 5], "how": how}}
    one_picture = activations_of(subject, ("conv1",), asked)
    logits = _network(kept, changed({3, 5})).predict(kept.dataset.test(7, 8)[0])[0]
    np.testing.assert_allclose(one_picture["logits"], logits, rtol=1e-4, atol=1e-4)


def test_accuracy_within_classes_adds_up_to_the_whole(subject: Subject) -> None:
    told = _asked(subject, "conv1", (1,), "off")
    _, labels = kept_at(subject).dataset.test(0, PICTURES)
    shares = np.bincount(labels, minlength=10) / PICTURES
    for part in (told, told["together"]):
        assert float(shares @ part["per_class"]) == pytest.approx(part["accuracy"])


def test_each_filter_is_tried_where_none_is_named(subject: Subject) -> None:
    told = _asked(subject, "conv2", None, "off")
    assert [one["filter"] for one in told["filters"]] == list(range(64))
    assert told["together"] is None
    assert told["filters"][7] == _asked(subject, "conv2", (7,), "off")["filters"][0]


def test_at_frame_0_going_back_to_noise_changes_nothing(subject: Subject) -> None:
    told = _asked(subject._replace(step=0), "conv1", None, "noise")
    assert {(one["drop"], one["low"], one["high"]) for one in told["filters"]} == {(0, 0, 0)}


def test_the_spread_is_that_of_pictures_drawn_with_replacement() -> None:
    generator = np.random.default_rng(1)
    before, after = generator.random((2, 500)) < [[0.9], [0.8]]
    drawn = generator.integers(500, size=(4_000, 500))
    drops = before[drawn].mean(axis=1) - after[drawn].mean(axis=1)
    expected = np.quantile(drops, [0.025, 0.975])
    np.testing.assert_allclose(ablation.spread_of(before, after), expected, atol=0.006)
    assert ablation.spread_of(before, after) == ablation.spread_of(before, after)


def test_the_spread_covers_a_repeat_with_other_test_pictures(subject: Subject) -> None:
    kept = kept_at(subject)
    network = SwitchedNetwork(kept, "conv1", None)
    images, labels = kept.dataset.test(0, 4_000)
    said = network.said(images, [(), *((one,) for one in range(16))], "off")
    first, other = (
        said[:, half] == labels[half] for half in (slice(0, None, 2), slice(1, None, 2))
    )
    covered = 0
    for one in range(1, 17):
        low, high = ablation.spread_of(first[0], first[one])
        covered += low <= other[0].mean() - other[one].mean() <= high
    # Both halves vary, so that 83 of 100 are covered where each interval is right.
    assert covered >= 11
    spans = [ablation.spread_of(first[0], first[one]) for one in range(1, 17)]
    assert max(high - low for low, high in spans) < 0.05


def test_the_spread_covers_repeats_about_as_often_as_it_promises(subject: Subject) -> None:
    kept = kept_at(subject)
    images, labels = kept.dataset.test(0, 4_000)
    switches = [(), *((one,) for one in range(16))]
    before, *after = SwitchedNetwork(kept, "conv1", None).said(images, switches, "off") == labels
    generator = np.random.default_rng(3)
    repeated, truth = [], []
    for _ in range(40):
        tried, others = np.split(generator.permutation(4_000)[:2_000], 2)
        for right in after:
            low, high = ablation.spread_of(before[tried], right[tried])
            drops = before.astype(int) - right
            repeated.append(low <= drops[others].mean() <= high)
            truth.append(low <= drops.mean() <= high)
    # Of a repeat with as many other pictures both vary: P(|Z| < 1.96/√2) = 83 of 100. All 4,000,
    # of which a quarter was tried, vary by √(1 − ¼) as much: P(|Z| < 1.96/√.75) = 98.
    assert 0.76 < np.mean(repeated) < 0.91
    assert 0.93 < np.mean(truth) < 1


def test_the_matrix_counts_what_a_plain_loop_counts(subject: Subject) -> None:
    kept = kept_at(subject)
    told = json.loads(mistakes.confusion_of(subject))
    expected = np.zeros((10, 10), int)
    for said, label in zip(
        _named(kept, kept.weights(), PICTURES), kept.dataset.test(0, PICTURES)[1], strict=True
    ):
        expected[label, said] += 1
    assert (told["step"], told["images"]) == (STEPS, PICTURES)
    assert told["matrix"] == expected.tolist()


def test_pictures_are_taken_so_since_the_step_that_a_plain_loop_finds(
    subject: Subject, store: Store
) -> None:
    told = mistakes.mistakes_of(subject, 12, None, None, True)
    steps = store.snapshot_steps("plain")
    assert len(steps) > 15
    for place, index in enumerate(told["index"]):
        said = []
        for step in steps:
            kept = kept_at(subject._replace(step=step))
            image = kept.dataset.test(index, index + 1)[0]
            said.append(int(_network(kept, kept.weights()).predict(image)[0].argmax()))
        changed = [at for at, one in enumerate(said) if one != told["taken_for"][place]]
        assert told["since"][place] == steps[changed[-1] + 1 if changed else 0]
    assert len(set(told["since"])) > 1


def test_where_weights_are_no_numbers_that_is_said(subject: Subject) -> None:
    broken = subject._replace(run_id="plain broken")
    for ask in (
        lambda: mistakes.confusion_of(broken),
        lambda: mistakes.mistakes_of(broken, 3, None, None, True),
        lambda: ablation.ablation_of(broken, "conv1", None, "off"),
        lambda: ablation.ablation_of(broken, "conv2", (1,), "noise"),
    ):
        with pytest.raises(Refused, match="too large to be numbers") as caught:
            ask()
        assert caught.value.field == "step"
    before = json.loads(mistakes.confusion_of(broken._replace(step=0)))
    assert before["images"] == PICTURES


def test_a_filter_that_is_none_is_missing_with_the_last_there_is(subject: Subject) -> None:
    with pytest.raises(Missing, match="conv1 has 16 filters") as caught:
        ablation.ablation_of(subject, "conv1", (3, 16), "off")
    assert (caught.value.field, caught.value.limit) == ("filters", 15)


def test_a_costly_question_tries_fewer_pictures_and_a_dearer_one_is_refused(
    subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    cost = SwitchedNetwork(kept_at(subject), "conv1", None).cost(17)
    monkeypatch.setattr(ablation, "_MULTIPLICATIONS", 150 * cost)
    assert _asked(subject, "conv1", None, "off")["images"] == 150
    monkeypatch.setattr(ablation, "_MULTIPLICATIONS", 1)
    monkeypatch.setattr(ablation, "_MOST_MULTIPLICATIONS", 50 * cost)
    with pytest.raises(Refused, match="name up to") as caught:
        ablation.ablation_of(subject, "conv1", None, "off")
    most = int(caught.value.limit or 0)
    told = _asked(subject, "conv1", tuple(range(most)), "off")
    assert (told["images"], len(told["filters"])) == (100, most)
