"""How much is tried: a little with the other tests, much with `make reliability`."""

import os

IS_FULL = os.environ.get("RELIABILITY") == "full"


def tries(few: int, many: int) -> int:
    """`few` with the other tests, `many` where there is time."""
    return many if IS_FULL else few
