"""What is kept between questions has a bound in bytes, whatever the size of the networks."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.events import StoredArray
from app.inspection.cache import Cache, size_of

_MEBIBYTE = 2**20


def _weights(mebibytes: int) -> tuple[StoredArray, ...]:
    return (
        StoredArray("conv1/kernel", (3, 3, 1, 1), bytes(36)),
        StoredArray("dense1/kernel", (mebibytes, 2**18), bytes(mebibytes * _MEBIBYTE)),
    )


def test_large_snapshots_give_way_before_they_take_more_than_the_limit() -> None:
    cache = Cache(10 * _MEBIBYTE)
    made = []

    def read(number: int) -> tuple[StoredArray, ...]:
        made.append(number)
        return _weights(3)

    for number in range(40):
        cache.get(number, lambda number=number: read(number))  # type: ignore[misc]
        assert cache.bytes <= 10 * _MEBIBYTE
    assert made == list(range(40))
    for number in (37, 38, 39, 0):
        cache.get(number, lambda number=number: read(number))  # type: ignore[misc]
    assert made[40:] == [0]


def test_what_is_larger_than_the_limit_is_made_but_not_kept() -> None:
    cache = Cache(_MEBIBYTE)
    assert cache.get("small", lambda: 1) == 1
    assert cache.get("large", lambda: _weights(2)) == _weights(2)
    assert cache.get("large", lambda: "again") == "again"
    assert cache.get("small", lambda: 2) == 1


@given(sizes=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60)), max_size=60))
def test_it_knows_what_it_holds_and_holds_no_more_than_it_may(sizes: list[tuple[int, int]]) -> None:
    cache = Cache(100)
    for key, size in sizes:
        cache.get(key, lambda size=size: bytes(size))  # type: ignore[misc]
        assert cache.bytes == sum(size for _, size in cache._kept.values()) <= 100


def test_arrays_are_counted_wherever_they_lie() -> None:
    array = np.zeros((4, 8), np.float32)
    nested = {"a": (array, [array, b"12345678"]), "b": StoredArray("name", (2,), bytes(8))}
    assert 3 * 64 <= 2 * array.nbytes + 16 <= size_of(nested) < 2 * array.nbytes + 16 + 64 * 4
