import pytest

from tests.contracts.each import for_each


def test_a_promise_of_many_is_one_test_that_names_all_who_break_it() -> None:
    seen = []

    @for_each(["one", "two", "three"])
    def is_short(name: str) -> None:
        """Names are short."""
        seen.append(name)
        if name == "two":
            raise KeyError(name)
        assert len(name) < 4

    assert (is_short.__name__, is_short.__doc__) == ("is_short", "Names are short.")
    with pytest.raises(AssertionError) as told:
        is_short()
    assert seen == ["one", "two", "three"]
    first, two, three, *_ = str(told.value).splitlines()
    assert first == "2 break it:"
    assert two == "two: KeyError: 'two'"
    assert three.startswith("three: AssertionError")
