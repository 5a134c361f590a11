"""The networks to time, each told once, in words that both sides can read."""

from typing import Any, NamedTuple


class Net(NamedTuple):
    """Images, layers and how they are trained.

    A layer is ("conv", filters, kernel_size, strides), ("pool",), ("gap",), ("flatten",),
    ("dropout", rate), ("dense", units) or ("dense relu", units); convolutions are `valid` + ReLU.
    """

    input_shape: tuple[int, int, int]
    batch_size: int
    optimizer: str
    layers: tuple[tuple[Any, ...], ...]

    def operations(self) -> int:
        """Multiplications and additions of a step by the equations: answers and both gradients.

        The first layer needs no gradient of its inputs. Activations, pooling and the optimiser
        aren't counted, nor is what an algorithm saves.
        """
        (height, width, channels), total, ways = self.input_shape, 0, 2
        for kind, *arguments in self.layers:
            if kind == "conv":
                filters, size, strides = arguments
                height, width = ((length - size) // strides + 1 for length in (height, width))
                total += 2 * ways * height * width * size * size * channels * filters
                channels, ways = filters, 3
            elif kind == "pool":
                height, width = height // 2, width // 2
            elif kind == "gap":
                height = width = 1
            elif kind.startswith("dense"):
                total += 2 * ways * height * width * channels * arguments[0]
                height, width, channels = 1, 1, arguments[0]
        return total * self.batch_size


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
