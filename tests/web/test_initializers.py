"""How kernels begin, over the interface."""

import httpx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.engine.initializers import SCALED
from app.web.answers.initializers import InitializerAnswer, InitializerList
from tests.web.numbers import numbers

PATH = "/api/initializers"


def test_all_initialisers_are_listed_with_formulas(asker: httpx.Client) -> None:
    told = InitializerList.model_validate(asker.get(PATH).json()).initializers
    assert [each.name for each in told] == list(SCALED)
    assert all(each.mathml.startswith("<math") and "√" in each.formula for each in told)


def test_glorot_uniform_has_its_bound_and_the_one_that_lacks_the_root(asker: httpx.Client) -> None:
    answer = asker.get(f"{PATH}/glorot_uniform", params={"shape": "3,3,1,32"})
    told = InitializerAnswer.model_validate(answer.json())
    assert (told.fan_in, told.fan_out) == (9, 288)
    assert told.bound == pytest.approx(0.1421, abs=5e-5)
    assert told.wrong_answer is not None
    assert told.wrong_answer.bound == pytest.approx(6 / 297)
    assert told.wrong_answer.is_wrong


def test_the_figures_beside_a_sample_are_the_samples(asker: httpx.Client) -> None:
    answer = asker.get(f"{PATH}/he_normal", params={"shape": "5, 5, 2, 8", "seed": 7})
    told = InitializerAnswer.model_validate(answer.json())
    sample = numbers(told.sample)
    assert sample.shape == (5, 5, 2, 8)
    assert told.wrong_answer is None
    figures = [sample.min(), sample.max(), sample.mean(), sample.std()]
    assert list(told.measured.model_dump().values()) == pytest.approx(figures, abs=1e-6)
    again = SCALED["he_normal"].draw((5, 5, 2, 8), np.random.default_rng(7))
    np.testing.assert_array_equal(sample, again)


@pytest.mark.parametrize(
    ("path", "status", "code", "field"),
    [
        ("xavier", 404, "initializer_unknown", "name"),
        ("zeros", 404, "initializer_unknown", "name"),
        ("he_normal?shape=3", 422, "invalid", "shape"),
        ("he_normal?shape=3,3,0,1", 422, "invalid", "shape"),
        ("he_normal?shape=0,0", 422, "invalid", "shape"),
        ("he_normal?shape=3,3,1,1,1", 422, "invalid", "shape"),
        ("he_normal?shape=999999,999999", 422, "invalid", "shape"),
        ("he_normal?shape=3;3", 422, "invalid", "shape"),
        ("he_normal?shape=%D9%A3,%D9%A3", 422, "invalid", "shape"),
        ("he_normal?seed=-1", 422, "invalid", "seed"),
        ("he_normal?seed=4294967296", 422, "invalid", "seed"),
        (f"{'x' * 500}", 422, "invalid", "name"),
    ],
)
def test_what_can_not_be_drawn_is_refused(
    asker: httpx.Client, path: str, status: int, code: str, field: str
) -> None:
    answer = asker.get(f"{PATH}/{path}")
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (status, code, field)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(shape=st.text(max_size=20), seed=st.text(max_size=12))
def test_no_text_whatever_makes_it_fail(asker: httpx.Client, shape: str, seed: str) -> None:
    answer = asker.get(f"{PATH}/he_uniform", params={"shape": shape, "seed": seed})
    assert answer.status_code in (200, 422)
