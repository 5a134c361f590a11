"""Windows of images, laid out as the rows of a matrix."""

from numpy.lib.stride_tricks import as_strided

from app.engine.arrays import Array


def windows(padded: Array, positions: tuple[int, int], size: int, stride: int) -> Array:
    """Every window of every image as a view, nothing copied.

    padded: (images, height, width, channels), its last two axes contiguous; positions: how many
    windows there are down and across. Returns (images, rows, columns, size, size·channels).
    """
    images, height, width, channels = padded.shape
    by_image, by_row, by_column, by_value = padded.strides
    rows, columns = positions
    if (rows - 1) * stride + size > height or (columns - 1) * stride + size > width:
        raise ValueError(f"{rows}×{columns} windows of {size} don't fit into {height}×{width}")
    return as_strided(
        padded,
        (images, rows, columns, size, size * channels),
        (by_image, by_row * stride, by_column * stride, by_row, by_value),
    )
