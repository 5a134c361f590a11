"""What goes on beside a measurement, and ends with it."""

import contextlib
import threading
from collections.abc import Callable, Iterator


@contextlib.contextmanager
def meanwhile(enough: threading.Event, *looks: Callable[[], object]) -> Iterator[None]:
    """Has each look in a thread of its own until the block is left; interrupted, too, for nobody
    else ends them.
    """
    threads = [threading.Thread(target=look) for look in looks]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        enough.set()
        for thread in threads:
            thread.join()
