"""One test for what many files keep."""

from collections.abc import Callable, Iterable


def for_each(names: Iterable[str]) -> Callable[[Callable[[str], None]], Callable[[], None]]:
    """Makes one test of a promise that each of `names` keeps; it tells all that break it.

    With a test for each name, six thousand of them, keeping account of the tests took three times
    as long as what they look at.
    """

    def of(promise: Callable[[str], None]) -> Callable[[], None]:
        def check() -> None:
            broken = [f"{name}: {told}" for name in names if (told := _broken(promise, name))]
            if broken:
                raise AssertionError("\n".join([f"{len(broken)} break it:", *broken]))

        check.__name__, check.__doc__ = promise.__name__, promise.__doc__
        check.__module__, check.__qualname__ = promise.__module__, promise.__qualname__
        return check

    return of


def _broken(promise: Callable[[str], None], name: str) -> str | None:
    """Returns in words how `name` breaks a promise, or None."""
    try:
        promise(name)
    except Exception as problem:
        return f"{type(problem).__name__}: {problem}"
    return None
