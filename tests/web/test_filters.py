"""One filter, told over the interface and held to the weights it was told of."""

from pathlib import Path

import httpx
import numpy as np
import pytest

from app import events
from app.analysis import judge_filters
from app.analysis.null import null_of
from app.datasets import load
from app.events import encode
from app.web.answers.filters import ExpandedAnswer, FilterAnswer, GradientAnswer
from tests.web.numbers import numbers
from tests.web.scripted import ScriptedServer
from tests.web.trained import train

SNAPSHOTS = "/api/runs/run/snapshots"


def _filter(client: httpx.Client, path: str) -> FilterAnswer:
    answer = client.get(f"{SNAPSHOTS}/{path}")
    assert answer.status_code == 200, answer.text
    return FilterAnswer.model_validate(answer.json())


def _weights(server: ScriptedServer, step: int) -> dict[str, np.ndarray]:
    snapshot = server.store.snapshot("run", step)
    assert snapshot is not None
    return {
        name: np.frombuffer(array.data, "<f4").reshape(array.shape)
        for name, array in snapshot.arrays.items()
    }


def test_the_first_layers_expanded_weights_are_its_kernel(
    trained: ScriptedServer, asker: httpx.Client
) -> None:
    told = _filter(asker, "1/filters/conv1/3")
    kernel = _weights(trained, 1)["conv1/kernel"][..., 3]
    assert (told.step, told.layer, told.index, told.filters) == (1, "conv1", 3, 16)
    np.testing.assert_array_equal(numbers(told.kernel), kernel)
    assert told.expanded is not None
    np.testing.assert_array_equal(numbers(told.expanded), kernel)
    assert told.caption == "linear approximation, ignores ReLU and pooling"


def test_the_story_is_what_the_metric_says(trained: ScriptedServer, asker: httpx.Client) -> None:
    first, last = (_weights(trained, step)["conv1/kernel"] for step in (0, 2))
    judged = judge_filters(last)
    story = _filter(asker, "latest/filters/conv1/5").story
    assert story.label == judged.label[5]
    assert story.score == pytest.approx(judged.score[5])
    assert story.template_r2 is not None
    assert list(story.template_r2.model_dump().values()) == pytest.approx(judged.template_r2[5])
    assert story.norm == pytest.approx(np.linalg.norm(last[..., 5]))
    moved = np.linalg.norm(last[..., 5] - first[..., 5]) / np.linalg.norm(first[..., 5])
    assert story.change == pytest.approx(moved, rel=1e-4)


def test_the_best_template_explains_the_share_that_is_told(asker: httpx.Client) -> None:
    told = _filter(asker, "latest/filters/conv1/5")
    template, shares = told.story.template, told.story.template_r2
    assert template is not None
    assert shares is not None
    pixels, kernel = numbers(template.pixels), numbers(told.kernel)
    assert np.linalg.norm(pixels) == pytest.approx(1, abs=1e-5)
    fitted = pixels[..., None] * np.array(template.amplitude)
    explained = 1 - np.sum((kernel - fitted) ** 2) / np.sum(kernel**2)
    assert explained == pytest.approx(getattr(shares, template.family), abs=1e-4)


def test_the_marks_of_chance_are_those_that_the_label_had_to_pass(asker: httpx.Client) -> None:
    story, null = _filter(asker, "latest/filters/conv1/5").story, null_of(7, 1)
    assert story.chance is not None
    assert tuple(story.chance.template_r2.model_dump().values()) == null.thresholds
    assert story.chance.coherence == null.coherence_gate


def test_the_next_batch_pulls_and_plain_descent_follows(
    trained: ScriptedServer, asker: httpx.Client
) -> None:
    answer = asker.get(f"{SNAPSHOTS}/1/filters/conv1/3/gradient")
    assert answer.status_code == 200, answer.text
    told = GradientAnswer.model_validate(answer.json())
    assert told.gradient is not None
    assert told.after is not None
    kernel = _weights(trained, 1)["conv1/kernel"][..., 3]
    np.testing.assert_array_equal(numbers(told.kernel), kernel)
    np.testing.assert_allclose(
        numbers(told.after), kernel - told.learning_rate * numbers(told.gradient), atol=1e-6
    )
    # Momentum .9: the second update is 1.9 times the mean of the first's and this gradient or so,
    # so it goes this way at least in part.
    moved = _weights(trained, 2)["conv1/kernel"][..., 3] - kernel
    assert np.sum(moved * -numbers(told.gradient)) > 0


def test_a_rate_that_somebody_changed_counts_from_then_on(
    trained: ScriptedServer, asker: httpx.Client
) -> None:
    cache_folder = trained.app.state.settings.cache_folder
    recipe = train(trained, cache_folder, "slowed", seed=5)
    first = recipe.optimizer.learning_rate
    changed = events.LearningRateChanged(step=1, learning_rate=first / 10)
    trained.tell("slowed", encode(changed, 1))
    rates = [
        asker.get(f"/api/runs/slowed/snapshots/{step}/filters/conv1/0/gradient").json()
        for step in (0, 1)
    ]
    assert rates[0]["learning_rate"] == pytest.approx(first)
    assert rates[1]["learning_rate"] < first / 10


def test_at_frame_0_nothing_has_changed(asker: httpx.Client) -> None:
    story = _filter(asker, "first/filters/conv2/0").story
    assert (story.change, story.correlation) == (0, pytest.approx(1))


def test_a_later_layer_has_pictures_as_large_as_its_receptive_field(asker: httpx.Client) -> None:
    told = _filter(asker, "latest/filters/conv2/63")
    field = told.receptive_field
    assert (field.size, field.stride, field.top, field.left) == (17, 4, 0, 0)
    assert told.kernel.shape == "3, 3, 16"
    assert told.expanded is not None
    assert told.expanded.shape == "17, 17, 1"
    assert told.caption.startswith("linear approximation, ignores ReLU and pooling; ")
    assert "correlates with the true pre-activation" in told.caption
    assert told.patches.pixels.shape == "9, 17, 17, 1"


def test_a_layer_in_pixels_is_each_of_its_filters_in_pixels(asker: httpx.Client) -> None:
    answer = asker.get(f"{SNAPSHOTS}/latest/filters/conv2")
    told = ExpandedAnswer.model_validate(answer.json())
    assert (told.step, told.layer, told.kernel.shape) == (2, "conv2", "3, 3, 16, 64")
    assert told.expanded.shape == "17, 17, 1, 64"
    one = _filter(asker, "latest/filters/conv2/63")
    assert one.expanded is not None
    assert told.caption == one.caption
    np.testing.assert_allclose(numbers(told.expanded)[..., 63], numbers(one.expanded), atol=1e-6)
    first = ExpandedAnswer.model_validate(asker.get(f"{SNAPSHOTS}/latest/filters/conv1").json())
    np.testing.assert_array_equal(numbers(first.expanded), numbers(first.kernel))


def test_a_layer_whose_pictures_are_too_large_is_refused_with_what_can_be_asked(
    trained: ScriptedServer, asker: httpx.Client, tmp_path: Path
) -> None:
    layers = [
        {"type": "conv2d", "filters": 4, "kernel_size": 3},
        {"type": "max_pool2d"},
        {"type": "conv2d", "filters": 1024, "kernel_size": 11},
        {"type": "flatten"},
        {"type": "dense", "units": 10},
    ]
    train(trained, tmp_path, "wide", layers=layers)
    answer = asker.get("/api/runs/wide/snapshots/latest/filters/conv2")
    assert answer.status_code == 422
    assert answer.json()["error"]["message"] == (
        "1024 pictures of 24×24 pixels are too large to send at once; ask for one filter."
    )
    gone = asker.get(f"{SNAPSHOTS}/latest/filters/conv3")
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "no_layer")


def test_patches_are_pieces_of_test_images_and_the_strongest_comes_first(
    trained: ScriptedServer, asker: httpx.Client
) -> None:
    told = _filter(asker, "latest/filters/conv1/2")
    patches, stride, size = told.patches, told.receptive_field.stride, told.receptive_field.size
    dataset = load("mnist", cache_folder=trained.app.state.settings.cache_folder)
    weights = _weights(trained, 2)
    assert patches.images == 2000
    assert patches.activation == sorted(patches.activation, reverse=True)
    assert len(set(patches.image)) == 9
    for number, pixels in enumerate(numbers(patches.pixels)):
        n, top = patches.image[number], patches.row[number] * stride
        left = patches.column[number] * stride
        place = slice(top, top + size), slice(left, left + size)
        np.testing.assert_array_equal(pixels, dataset.sample("test", n, 1)[0][0][place])
        scaled = dataset.test(n, n + 1)[0][0][place]
        answer = np.sum(scaled * weights["conv1/kernel"][..., 2]) + weights["conv1/bias"][2]
        assert patches.activation[number] == pytest.approx(max(answer, 0), rel=1e-3)


def test_no_patch_elsewhere_in_the_images_looked_at_drives_the_unit_more(
    trained: ScriptedServer, asker: httpx.Client
) -> None:
    told = _filter(asker, "latest/filters/conv1/2")
    dataset = load("mnist", cache_folder=trained.app.state.settings.cache_folder)
    images, _ = dataset.test(0, 300)
    windows = np.lib.stride_tricks.sliding_window_view(images[..., 0], (7, 7), axis=(1, 2))
    weights = _weights(trained, 2)
    answers = np.einsum("nrcij,ij->nrc", windows[:, ::2, ::2], weights["conv1/kernel"][:, :, 0, 2])
    strongest = (answers + weights["conv1/bias"][2]).max(axis=(1, 2))
    ninth = told.patches.activation[-1]
    found = {n for n in told.patches.image if n < 300}
    assert {int(n) for n in np.flatnonzero(strongest > ninth * 1.001)} <= found


def test_shuffled_pixels_are_shown_as_the_network_sees_them(
    trained: ScriptedServer, asker: httpx.Client
) -> None:
    cache_folder = trained.app.state.settings.cache_folder
    train(trained, cache_folder, "shuffled", pixels="shuffled", seed=3)
    told = FilterAnswer.model_validate(
        asker.get("/api/runs/shuffled/snapshots/latest/filters/conv1/0").json()
    )
    dataset = load("mnist", pixels="shuffled", seed=3, cache_folder=cache_folder)
    n, row, column = (
        part[0] for part in (told.patches.image, told.patches.row, told.patches.column)
    )
    seen = dataset.sample("test", n, 1, as_seen=True)[0][0]
    expected = seen[2 * row : 2 * row + 7, 2 * column : 2 * column + 7]
    np.testing.assert_array_equal(numbers(told.patches.pixels)[0], expected)


@pytest.mark.parametrize(
    ("path", "status", "code", "limit"),
    [
        ("1/filters/conv1/16", 404, "no_filter", 15),
        ("1/filters/conv1/2147483648", 404, "no_filter", 15),
        ("1/filters/conv1/-1", 422, "invalid", 0),
        ("1/filters/conv1/x", 422, "invalid", None),
        (f"1/filters/conv1/{'9' * 5000}", 422, "invalid", None),
        ("1/filters/conv1/16/gradient", 404, "no_filter", 15),
        ("1/filters/conv3/0/gradient", 404, "no_layer", None),
        ("1/filters/conv3/0", 404, "no_layer", None),
        ("1/filters/dense1/0", 404, "no_layer", None),
        ("9/filters/conv1/0", 404, "no_snapshot", 2),
        ("later/filters/conv1/0", 422, "invalid", None),
    ],
)
def test_what_is_not_there_is_refused(
    asker: httpx.Client, path: str, status: int, code: str, limit: int | None
) -> None:
    answer = asker.get(f"{SNAPSHOTS}/{path}")
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["limit"]) == (status, code, limit)
