"""Where the edge metric may speak: kernels that look at pixels, and are neither tiny nor huge.

Elsewhere templates and what chance does say nothing: a kernel of 1×1 or 2×2 has no shape, one of a
later layer looks at no pixels, one of 512 by 1 would have the bank made for minutes.
"""

from typing import Final

from .templates import SMALLEST_SIZE

LARGEST_SIZE: Final = 31
MOST_CHANNELS: Final = 4  # gray, colour, colour with transparency or depth


def may_judge(kind: str, shape: tuple[int, ...], groups: int = 1) -> bool:
    """Tells whether filters can be compared with templates and chance.

    Args:
        kind: Keras's name of the layer's type: `conv2d`, …
        shape: of its kernel, in Keras's order.
        groups: into how many parts its channels fall.

    >>> may_judge("conv2d", (7, 7, 3, 64)), may_judge("conv2d", (3, 3, 64, 64))
    (True, False)
    >>> may_judge("depthwise_conv2d", (3, 3, 512, 1))
    True
    """
    if len(shape) != 4 or shape[0] != shape[1]:
        return False
    if not SMALLEST_SIZE <= shape[0] <= LARGEST_SIZE:
        return False
    if kind == "depthwise_conv2d":
        return True  # each of its kernels looks at one channel
    return kind == "conv2d" and groups == 1 and 1 <= shape[2] <= MOST_CHANNELS
