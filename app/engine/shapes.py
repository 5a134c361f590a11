"""How long a sliding window's output is and what it pads, by Keras's rules. Needs no NumPy."""

from typing import Literal

Padding = Literal["valid", "same"]


def output_length(length: int, window: int, stride: int, padding: Padding) -> int:
    """How many positions a window takes along one axis.

    `valid`: floor((length − window) / stride) + 1; `same`: ceil(length / stride).

    Raises ValueError if a size is below 1, the padding is unknown or the window doesn't fit.

    >>> output_length(28, 3, 1, "valid"), output_length(28, 5, 2, "same")
    (26, 14)
    """
    for name, size in (("length", length), ("window", window), ("stride", stride)):
        if size < 1:
            raise ValueError(f"{name} is {size}; it must be at least 1")
    if padding == "same":
        return -(-length // stride)
    if padding != "valid":
        raise ValueError(f"padding is {padding!r}; choose 'valid' or 'same'")
    if window > length:
        raise ValueError(
            f"a window of {window} does not fit into a length of {length} with padding 'valid'; "
            "make it smaller or use padding 'same'"
        )
    return (length - window) // stride + 1


def same_padding(length: int, window: int, stride: int) -> tuple[int, int]:
    """Zeros before and after an axis so that `same` holds; the odd one out goes after.

    total = max((ceil(length / stride) − 1)·stride + window − length, 0), as in TensorFlow.

    >>> same_padding(28, 5, 1), same_padding(28, 4, 1), same_padding(28, 3, 2)
    ((2, 2), (1, 2), (0, 1))
    """
    total = max((output_length(length, window, stride, "same") - 1) * stride + window - length, 0)
    return total // 2, total - total // 2
