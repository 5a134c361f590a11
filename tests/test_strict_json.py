"""JSON that would cost much to read, or could mean nothing."""

import pickle
from typing import Any

import pytest

from app import strict_json
from app.strict_json import DEEPEST, MOST_NAMES, JsonRefused, read_object


class Compared(str):
    """A name that counts how often it is held against another."""

    times = 0
    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Compared.times += 1
        return str.__eq__(self, other)


def _nested(levels: int) -> bytes:
    return b'{"a":' * levels + b"1" + b"}" * levels


def test_a_name_said_twice_is_found_in_work_proportional_to_the_names() -> None:
    names = [Compared(f"name {number}") for number in range(8000)]
    pairs: list[tuple[str, Any]] = [(name, 0) for name in [*names, Compared("name 7999")]]
    Compared.times = 0
    with pytest.raises(JsonRefused, match="'name 7999' twice"):
        strict_json._unique(pairs)
    assert 0 < Compared.times < 3 * len(pairs)


def test_nesting_is_accepted_up_to_its_limit_in_objects_and_lists_alike() -> None:
    assert read_object(_nested(DEEPEST))
    for text in (_nested(DEEPEST + 1), b'{"a":' + b"[" * DEEPEST + b"1" + b"]" * DEEPEST + b"}"):
        with pytest.raises(JsonRefused, match="nested deeper than 64") as refused:
            read_object(text)
        assert not refused.value.is_json


def test_names_by_the_thousand_are_refused_wherever_they_stand() -> None:
    half = ",".join(f'"n{number}":0' for number in range(MOST_NAMES // 2))
    assert read_object(f'{{"a":{{{half}}}}}'.encode())
    with pytest.raises(JsonRefused) as refused:
        read_object(f'{{"a":[{{{half}}},{{{half}}}]}}'.encode())
    assert (refused.value.is_json, refused.value.limit) == (True, MOST_NAMES)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (rb'{"a": [[], {"b": "\ud800"}]}', "a.1.b"),
        (rb'{"a": [{"\uDFFF": 1}]}', "a.0"),
        (rb'{"\udc00": 1}', None),
    ],
)
def test_half_a_character_is_refused_by_its_place(text: bytes, field: str | None) -> None:
    with pytest.raises(JsonRefused) as refused:
        read_object(text)
    assert (refused.value.is_json, refused.value.field) == (True, field)


def test_whole_characters_are_read_whether_escaped_or_not() -> None:
    assert read_object(r'{"a": "\ud83d\ude00 \\ud800 😀"}'.encode()) == {"a": r"😀 \ud800 😀"}


def test_a_refusal_keeps_all_it_says_on_its_way_between_processes() -> None:
    told = pickle.loads(pickle.dumps(JsonRefused("No.", True, "a.b", 7)))
    assert vars(told) == {"message": "No.", "is_json": True, "field": "a.b", "limit": 7}
