import numpy as np
import pytest

from app.analysis import beginning
from app.engine.initializers import SCALED


def test_the_bound_of_a_3x3_layer_with_and_without_the_square_root() -> None:
    facts = beginning("glorot_uniform", (3, 3, 1, 32))
    assert (facts.fan_in, facts.fan_out) == (9, 288)
    assert facts.bound == pytest.approx(0.1421, abs=5e-5)
    assert facts.without_square_root == pytest.approx(0.0202, abs=5e-5)


@pytest.mark.parametrize("name", SCALED)
def test_the_sample_keeps_the_bound_and_the_deviation_that_are_told(name: str) -> None:
    facts = beginning(name, (7, 7, 3, 64))
    assert facts.sample.shape == facts.shape
    assert np.abs(facts.sample).max() <= facts.bound * (1 + 1e-6)
    assert facts.sample.std() == pytest.approx(facts.standard_deviation, rel=0.03)


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("glorot_uniform", "L = √(6 / (fan_in + fan_out))"),
        ("he_uniform", "L = √(6 / fan_in)"),
        ("lecun_uniform", "L = √(3 / fan_in)"),
        ("he_normal", "σ = √(2 / fan_in)"),
        ("lecun_normal", "σ = √(1 / fan_in)"),
        ("glorot_normal", "σ = √(2 / (fan_in + fan_out))"),
    ],
)
def test_the_formula_gives_the_number_beside_it(name: str, formula: str) -> None:
    facts = beginning(name, (5, 5, 2, 8))
    assert facts.formula.startswith(formula)
    symbol, _, expression = formula.partition(" = ")
    python = expression.replace("√", "np.sqrt")
    value = eval(python, {"np": np, "fan_in": facts.fan_in, "fan_out": facts.fan_out})
    assert value == pytest.approx(facts.bound if symbol == "L" else facts.standard_deviation)


def test_only_glorot_uniform_has_a_widely_read_wrong_answer() -> None:
    wrong = {name for name in SCALED if beginning(name, (3, 3, 1, 8)).without_square_root}
    assert wrong == {"glorot_uniform"}


def test_a_seed_fixes_the_sample() -> None:
    first, again, other = (beginning("he_normal", (3, 3, 1, 4), seed).sample for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_an_unknown_initialiser_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"'xavier'.*glorot_uniform"):
        beginning("xavier", (3, 3, 1, 4))
