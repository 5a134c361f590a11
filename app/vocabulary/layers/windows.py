"""How long a sliding window's output is and what it pads, by Keras's rules."""

from .layer import Layer, Misfit, Padding, Shape, Window, image_shape


def output_length(length: int, window: int, stride: int, padding: Padding) -> int:
    """Counts how many positions a window takes along one axis.

    `valid`: floor((length − window) / stride) + 1; `same`: ceil(length / stride).

    Raises ValueError if a size is below 1 or the padding is unknown, Misfit if the window doesn't
    fit.

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
        raise Misfit(
            f"a window of {window} does not fit into a length of {length}: at most {length} with "
            'padding "valid", or use padding "same"',
            limit=length,
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


def positions(layer: Layer, window: Window, input_shape: Shape, setting: str) -> tuple[int, int]:
    """Returns rows and columns of places that a layer's window takes.

    Misfit, naming the `setting` that says how large the window is, where there are none.
    """
    height, width, _ = image_shape(layer, input_shape)
    try:
        rows = output_length(height, *window)
        columns = output_length(width, *window)
    except Misfit as misfit:
        raise Misfit(str(misfit), setting, misfit.limit) from None
    return rows, columns
