"""A training program as the interface sees it: what it registers, and packets of what it tells."""

from typing import Any

import httpx
import numpy as np
from numpy.typing import NDArray

from app.external.packets import MEDIA_TYPE, encode_packet

KEY = "8f14e45f-ceea-4f7a-8a0a-7a5b1f5d2c11"
SHAPE = (5, 5, 3, 8)
SECOND_SHAPE = (3, 3, 8, 4)


def registration(**changes: object) -> dict[str, Any]:
    """What a small network of two convolutions says of itself."""
    said: dict[str, Any] = {
        "name": "My network",
        "framework": "NumPy",
        "client": "0123456789abcdef",
        "layers": [
            {"title": "stem", "kind": "conv2d", "shape": list(SHAPE), "bias": True},
            {"title": "layer1.conv", "kind": "conv2d", "shape": list(SECOND_SHAPE)},
        ],
    }
    return said | changes


def kernel(step: int, shape: tuple[int, ...] = SHAPE) -> NDArray[np.float32]:
    """The weights after `step` updates."""
    drawn = np.random.default_rng([step, len(shape)]).normal(0, 0.1, shape)
    return np.asarray(drawn, "<f4")


def snapshot(step: int, **changes: object) -> dict[str, Any]:
    """The item of a snapshot of the first layer; its arrays are `arrays_of(step)`."""
    arrays = [[0, "kernel", list(SHAPE)], [0, "bias", [SHAPE[-1]]]]
    return {"kind": "snapshot", "step": step, "arrays": arrays} | changes


def arrays_of(step: int) -> list[bytes]:
    """What lies beside the item of a snapshot."""
    return [kernel(step).tobytes(), np.full(SHAPE[-1], step, "<f4").tobytes()]


def steps(first: int, last: int, **values: Any) -> dict[str, Any]:
    """The item of what was logged from one step to another."""
    count = last - first + 1
    values = values or {"loss": [1 / (step + 1) for step in range(first, last + 1)]}
    assert all(len(numbers) == count for numbers in values.values())
    return {"kind": "steps", "step": list(range(first, last + 1)), "values": values}


def packet(items: list[dict[str, Any]], arrays: list[bytes] | None = None, **more: Any) -> bytes:
    """A batch as it travels; unless said, the arrays are those of its snapshots."""
    if arrays is None:
        taken = [item for item in items if item["kind"] == "snapshot"]
        arrays = [data for item in taken for data in arrays_of(item["step"])]
    return b"".join(encode_packet({"items": items, "left_out": 0, **more}, arrays))


def register(http: httpx.Client, key: str = KEY, **changes: object) -> httpx.Response:
    """Says what the program trains."""
    return http.put(f"/api/external/{key}", json=registration(**changes))


def send(
    http: httpx.Client, first: int, body: bytes, key: str = KEY, attempt: int = 1
) -> httpx.Response:
    """Sends a batch."""
    return http.put(
        f"/api/external/{key}/batches/{first}",
        params={"attempt": attempt},
        content=body,
        headers={"Content-Type": MEDIA_TYPE},
    )
