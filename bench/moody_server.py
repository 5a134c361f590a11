"""A server for watched runs in a mood that it is told: python -m bench.moody_server

Lines say which: `well`; `slow`, two seconds an answer; `hung`, none at all; `dead`, and `back`
again. It prints its address, and after each line how many items it has.
"""

import sys
import threading
import time

from tests.client.stub_server import StubServer

_SLOW_SECONDS = 2.0


def main() -> None:
    """Serves until there are no more lines."""
    with StubServer() as stub:
        print(stub.url, flush=True)
        mood, never = ["well"], threading.Event()

        def before(_path: str) -> None:
            if mood[0] == "slow":
                time.sleep(_SLOW_SECONDS)
            elif mood[0] == "hung":
                never.wait()

        stub.before = before
        for line in sys.stdin:
            mood[0] = line.strip()
            if mood[0] == "dead":
                stub.close()
            elif mood[0] == "back":
                stub.come_back()
            print(len(stub.items), flush=True)
        never.set()
        if mood[0] == "dead":
            stub.come_back()


if __name__ == "__main__":
    main()
