import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from app.analysis import Null, judge_filters
from app.analysis.templates import bank_of
from app.vocabulary.labels import FAMILIES, LABELS, ORIENTED
from tests.analysis.synthetic import gabor, glorot_uniform


def _angle_between(a: np.ndarray | float, b: np.ndarray | float) -> np.ndarray:
    return np.abs((np.asarray(a) - b + 90) % 180 - 90)


@pytest.mark.parametrize("size", [5, 6, 7, 9, 11])
@pytest.mark.parametrize("phase", [0.0, np.pi / 2])
def test_a_gabor_runs_where_it_was_drawn(size: int, phase: float) -> None:
    for runs_at in range(0, 180, 15):
        judged = judge_filters(gabor(size, runs_at, phase))
        assert judged.label[0] in ORIENTED
        assert _angle_between(judged.orientation_degrees, runs_at).max() < 5


def test_an_edge_with_light_above_dark_runs_at_0_degrees() -> None:
    kernel = np.zeros((7, 7, 1, 1), np.float32)
    kernel[:3], kernel[4:] = 1, -1
    judged = judge_filters(kernel)
    assert judged.orientation_degrees[0] == 0
    assert judged.coherence[0] == pytest.approx(1)
    assert judged.label[0] == "edge"


def test_an_edge_that_rises_to_the_right_runs_at_45_degrees() -> None:
    # Light in the upper left corner, dark in the lower right one.
    kernel = -np.sign(np.add.outer(np.arange(7), np.arange(7)) - 6.0)
    judged = judge_filters(kernel[:, :, None, None].astype(np.float32))
    assert judged.orientation_degrees[0] == pytest.approx(45)


@pytest.mark.parametrize(("phase", "label"), [(np.pi / 2, "edge"), (0.0, "line")])
def test_sines_are_edges_and_cosines_are_lines(phase: float, label: str) -> None:
    assert judge_filters(gabor(9, 30, phase)).label[0] == label


def test_a_round_bump_is_a_blob_and_a_constant_is_flat() -> None:
    axis = np.arange(9) - 4.0
    bump = np.exp(-np.add.outer(axis**2, axis**2) / 5)
    both = np.stack([bump - bump.mean(), np.full((9, 9), 0.2)], axis=2)
    judged = judge_filters(both[:, :, None].astype(np.float32))
    assert judged.label.tolist() == ["blob", "flat"]


def test_a_fit_that_keeps_too_many_directions_is_structured() -> None:
    strict = Null((0.1, 0.1, 1.0, 1.0), 0.1, 0.1, coherence_gate=0.999)
    assert judge_filters(gabor(9, 20), strict).label[0] == "structured"


def test_of_the_families_that_qualify_the_best_fit_gives_the_name() -> None:
    gate_shut = Null((0.1, 0.1, 0.1, 0.1), 0.1, 0.1, coherence_gate=0.999)
    judged = judge_filters(gabor(9, 20), gate_shut)
    assert judged.template_r2[0].argmax() == FAMILIES.index("edge")
    assert judged.label[0] == "blob"


@pytest.mark.parametrize(
    ("colour", "name"),
    [((1, 1, 1), "achromatic"), ((1, 0, -1), "opponent"), ((1, 0.2, 0.2), "mixed")],
)
def test_a_filters_colour_is_named(colour: tuple[float, ...], name: str) -> None:
    assert judge_filters(gabor(9, 45, colour=colour)).colour[0] == name


def test_only_labelled_filters_of_three_channels_have_a_colour() -> None:
    noise = glorot_uniform(9, 3, 40, np.random.default_rng(0))
    judged = judge_filters(noise)
    assert set(judged.colour[judged.label == "noise"]) == {""}
    assert judge_filters(gabor(9, 45)).colour[0] == ""


def test_the_winning_template_is_the_one_that_looks_like_the_filter() -> None:
    bank = bank_of(9)
    for column in (0, 200, 700, 1300):
        kernel = -3 * bank.matrix[:, column].reshape(9, 9, 1, 1)
        judged = judge_filters(kernel)
        family = np.searchsorted(bank.bounds, column, side="right") - 1
        assert judged.template_r2[0, family] == pytest.approx(1, abs=1e-5)
        if judged.label[0] == FAMILIES[family]:
            likeness = bank.matrix[:, judged.template[0]] @ bank.matrix[:, column]
            assert abs(likeness) == pytest.approx(1, abs=1e-5)


def test_a_filter_far_weaker_than_its_layer_is_dead() -> None:
    layer = np.concatenate([gabor(7, turn) for turn in (0, 40, 80, 120)], axis=3)
    layer[..., 2] *= 0.05
    assert judge_filters(layer).label[2] == "dead"
    assert judge_filters(layer).counts["dead"] == 1


@pytest.mark.parametrize("shape", [(3, 3, 1, 4), (9, 9, 3, 2), (5, 5, 16, 1)])
def test_a_layer_of_zeros_is_dead_and_scores_nothing(shape: tuple[int, ...]) -> None:
    judged = judge_filters(np.zeros(shape, np.float32))
    assert set(judged.label) == {"dead"}
    assert judged.layer_score == 0
    assert not judged.template_r2.any()
    assert not judged.coherence.any()


def test_weights_near_the_smallest_float_are_judged_like_any_others() -> None:
    tiny = (gabor(7, 30).astype(np.float64) * 1e-36).astype(np.float32)
    assert judge_filters(tiny).score == pytest.approx(judge_filters(gabor(7, 30)).score, abs=1e-4)


@pytest.mark.parametrize("size", [1, 2])
def test_kernels_too_small_to_judge_say_so(size: int) -> None:
    judged = judge_filters(np.ones((size, size, 3, 5), np.float32))
    assert not judged.judgeable
    assert judged.counts["noise"] == 5
    assert judged.layer_score == judged.oriented == 0


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_filter_that_is_not_finite_is_refused_by_number(value: float) -> None:
    kernels = np.ones((5, 5, 1, 8), np.float32)
    kernels[2, 2, 0, 6] = value
    with pytest.raises(ValueError, match=r"filters \[6\] hold NaN or infinity"):
        judge_filters(kernels)


@pytest.mark.parametrize("shape", [(5, 5, 8), (5, 3, 1, 8), (5, 5, 1, 0), (0, 0, 1, 4)])
def test_shapes_that_are_no_layer_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="can be judged"):
        judge_filters(np.zeros(shape, np.float32))


def test_counts_name_every_label_in_stacking_order() -> None:
    judged = judge_filters(glorot_uniform(7, 1, 50, np.random.default_rng(1)))
    assert tuple(judged.counts) == LABELS
    assert sum(judged.counts.values()) == 50


def test_the_same_kernels_get_the_same_bytes() -> None:
    kernels = glorot_uniform(9, 3, 16, np.random.default_rng(2))
    first, again = judge_filters(kernels), judge_filters(kernels.copy())
    assert first.score.tobytes() == again.score.tobytes()
    assert first.template_r2.tobytes() == again.template_r2.tobytes()


weights = st.floats(-1, 1, width=32)
layers = st.builds(
    lambda size, channels, filters: (size, size, channels, filters),
    st.integers(3, 7),
    st.integers(1, 4),
    st.integers(1, 3),
).flatmap(lambda shape: arrays(np.float32, shape, elements=weights))


@settings(deadline=None, max_examples=60)
@given(layers)
def test_any_finite_layer_gets_figures_within_their_ranges(kernels: np.ndarray) -> None:
    judged = judge_filters(kernels)
    for values in (judged.score, judged.coherence, judged.template_r2):
        assert values.min() >= 0
        assert values.max() <= 1 + 1e-12
    assert judged.orientation_degrees.min() >= 0
    assert judged.orientation_degrees.max() < 180
    assert set(judged.label) <= set(LABELS)


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 999), size=st.integers(3, 9), factor=st.floats(-1e6, 1e6).filter(bool))
def test_neither_sign_nor_scale_of_a_layer_matters(seed: int, size: int, factor: float) -> None:
    kernels = glorot_uniform(size, 3, 6, np.random.default_rng(seed))
    kernels[..., :2] += gabor(size, 70, colour=(1, 0.5, 0))
    scaled = (kernels * factor).astype(np.float32)
    plain, other = judge_filters(kernels), judge_filters(scaled)
    if np.abs(scaled).min() > 1e-37:
        np.testing.assert_allclose(plain.template_r2, other.template_r2, atol=1e-4)
        np.testing.assert_allclose(plain.coherence, other.coherence, atol=1e-4)


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 999), size=st.integers(3, 9), channels=st.sampled_from([1, 3]))
def test_a_filter_turned_by_90_degrees_scores_the_same_and_runs_across(
    seed: int, size: int, channels: int
) -> None:
    kernels = glorot_uniform(size, channels, 4, np.random.default_rng(seed))
    upright, turned = judge_filters(kernels), judge_filters(np.rot90(kernels).copy())
    np.testing.assert_allclose(upright.score, turned.score, atol=1e-4)
    directed = upright.coherence > 0.01
    difference = _angle_between(upright.orientation_degrees + 90, turned.orientation_degrees)
    assert difference[directed].max(initial=0) < 0.5
