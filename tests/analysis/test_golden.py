import numpy as np
import pytest

from app.analysis import judge_filters, null_of
from tests.analysis.golden_cases import GoldenCase, golden_cases

CASES = golden_cases()


@pytest.fixture(params=CASES, ids=[case.name for case in CASES])
def case(request: pytest.FixtureRequest) -> GoldenCase:
    found: GoldenCase = request.param
    return found


def test_both_measures_agree_with_the_reference(case: GoldenCase) -> None:
    judged = judge_filters(case.kernels, case.null)
    np.testing.assert_allclose(judged.template_r2, case.template_r2, atol=1e-5)
    np.testing.assert_allclose(judged.coherence, case.coherence, atol=1e-5)


def test_scores_and_labels_agree_under_the_references_null(case: GoldenCase) -> None:
    judged = judge_filters(case.kernels, case.null)
    np.testing.assert_allclose(judged.score, case.score, atol=1e-5)
    np.testing.assert_array_equal(judged.label, case.label)
    assert judged.layer_score == pytest.approx(case.mean_score, abs=1e-5)
    assert judged.oriented == pytest.approx(case.oriented)


def test_scores_agree_within_three_hundredths_under_our_own_null(case: GoldenCase) -> None:
    np.testing.assert_allclose(judge_filters(case.kernels).score, case.score, atol=0.03)


def test_our_null_is_the_references_within_the_error_of_3000_kernels(case: GoldenCase) -> None:
    size, _, channels, _ = case.kernels.shape
    ours, tolerance = null_of(size, channels), 0.035 if size == 3 else 0.03
    assert ours.thresholds == pytest.approx(case.null.thresholds, abs=tolerance)
    assert ours.median_oriented_r2 == pytest.approx(case.null.median_oriented_r2, abs=0.01)
    assert ours.median_coherence == pytest.approx(case.null.median_coherence, abs=0.01)
    assert ours.coherence_gate == pytest.approx(case.null.coherence_gate, abs=0.03)
