"""The networks to time, each told once, in words that both sides can read."""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

NAMED = 10_000  # images that are told of
_AT_ONCE = (10_000, 5_000, 2_000, 1_000, 400, 100)
_MOST_BYTES = 256 * 1024**2  # each side has its own
_MOST_OPERATIONS = 4e10  # a turn: some tenths of a second


class Product(NamedTuple):
    """(rows, depth)·(depth, columns): rows are images times places, columns filters or units."""

    what: str
    rows: int
    depth: int
    columns: int

    @property
    def operations(self) -> int:
        """Multiplications and additions."""
        return 2 * self.rows * self.depth * self.columns


class Net(NamedTuple):
    """Images, layers and how they are trained.

    A layer is ("conv", filters, kernel_size, strides), ("pool",), ("gap",), ("flatten",),
    ("dropout", rate), ("dense", units) or ("dense relu", units); convolutions are `valid` + ReLU.
    """

    input_shape: tuple[int, int, int]
    batch_size: int
    optimizer: str
    layers: tuple[tuple[Any, ...], ...]

    @property
    def named_at_once(self) -> int:
        """How many images a turn names: fewer where these are large, or take long."""
        most = _MOST_BYTES / (4 * math.prod(self.input_shape))
        answers = sum(each.operations for each in self.products() if each.what.endswith("answers"))
        most = min(most, _MOST_OPERATIONS * self.batch_size / answers)
        return next((images for images in _AT_ONCE if images <= most), _AT_ONCE[-1])

    def operations(self) -> int:
        """Multiplications and additions of a step by the equations: answers and both gradients.

        Activations, pooling and the optimiser aren't counted, nor is what an algorithm saves.
        """
        return sum(product.operations for product in self.products())

    def products(self, *, asked_for: bool = False) -> Iterator[Product]:
        """Answers, kernel's gradient and inputs' gradient of each layer in turn.

        The first layer needs no gradient of its inputs. With `asked_for`, answers that lie beyond
        the last whole block of a pooling are left out.
        """
        (height, width, channels), is_first = self.input_shape, True
        followers = [layer[0] for layer in self.layers[1:]] + [""]
        for (kind, *arguments), follower in zip(self.layers, followers, strict=True):
            if kind == "pool":
                height, width = height // 2, width // 2
            elif kind == "gap":
                height = width = 1
            elif kind == "flatten":
                height, width, channels = 1, 1, height * width * channels
            elif kind == "conv" or kind.startswith("dense"):
                columns, size, strides = arguments if kind == "conv" else (arguments[0], 1, 1)
                height, width = ((length - size) // strides + 1 for length in (height, width))
                if asked_for and follower == "pool":
                    height, width = height // 2 * 2, width // 2 * 2
                rows, depth = self.batch_size * height * width, size * size * channels
                yield Product(f"{kind} answers", rows, depth, columns)
                yield Product(f"{kind} kernel's gradient", depth, rows, columns)
                if not is_first:
                    yield Product(f"{kind} inputs' gradient", rows, columns, depth)
                channels, is_first = columns, False


def _leaves(filters: int, kernel_size: int) -> Net:
    layers = (
        ("conv", filters, kernel_size, 2),
        ("pool",),
        ("conv", 32, 3, 1),
        ("gap",),
        ("dense", 10),
    )
    return Net((32, 32, 3), 64, "momentum", layers)


def _digits(first: int, second: int) -> Net:
    layers = (
        ("conv", first, 3, 1),
        ("conv", second, 3, 1),
        ("pool",),
        ("dropout", 0.25),
        ("flatten",),
        ("dense relu", 128),
        ("dropout", 0.5),
        ("dense", 10),
    )
    return Net((28, 28, 1), 128, "adadelta", layers)


NETS = {
    "dead-leaves": _leaves(16, 9),
    "dead-leaves-large": _leaves(32, 11),
    "mnist-strokes": Net(
        (28, 28, 1),
        64,
        "momentum",
        (("conv", 16, 7, 2), ("pool",), ("flatten",), ("dense", 10)),
    ),
    "mnist-two-layers": Net(
        (28, 28, 1),
        64,
        "momentum",
        (("conv", 16, 7, 2), ("pool",), ("conv", 64, 3, 1), ("gap",), ("dense", 10)),
    ),
    "keras-mnist": _digits(32, 32),
    "keras-mnist-64": _digits(32, 64),
    "16@7x7-32@3x3": Net(
        (28, 28, 1),
        64,
        "momentum",
        (("conv", 16, 7, 1), ("pool",), ("conv", 32, 3, 1), ("pool",), ("flatten",), ("dense", 10)),
    ),
    "colour-7x7-5x5": Net(
        (32, 32, 3),
        64,
        "momentum",
        (("conv", 32, 7, 1), ("pool",), ("conv", 32, 5, 1), ("pool",), ("flatten",), ("dense", 10)),
    ),
}

# `dead-leaves` on larger images, with more filters, and with other batches.
GROWTH = {
    **{
        f"side-{side}": NETS["dead-leaves"]._replace(input_shape=(side, side, 3), batch_size=16)
        for side in (64, 128, 224)
    },
    **{f"filters-{filters}": _leaves(filters, 9) for filters in (64, 256, 512)},
    **{
        f"batch-{size}": NETS["dead-leaves"]._replace(batch_size=size)
        for size in (1, 2, 128, 256, 512)
    },
}
NETS.update(GROWTH)
