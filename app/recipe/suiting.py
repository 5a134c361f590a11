"""A network that suits a data set: larger windows and more layers for larger pictures."""

from typing import Any, Final, NamedTuple

from ..vocabulary.datasets import DatasetInfo

_BATCH: Final = 64
_PASSES: Final = 20  # over the training set, within bounds
_FEWEST_STEPS, _MOST_STEPS = 300, 3000


class _Stem(NamedTuple):
    """How the first layer looks, and how many layers come behind it, up to a picture's size."""

    up_to: int
    kernel_size: int
    strides: int
    widths: tuple[int, ...]


_STEMS: Final = (
    _Stem(32, 7, 2, (32,)),
    _Stem(48, 9, 2, (32,)),
    _Stem(64, 9, 2, (32, 64)),
    _Stem(1024, 11, 2, (32, 64)),
)


def suited_recipe(dataset: DatasetInfo) -> dict[str, Any]:
    """Gives a recipe that names the classes of `dataset`, as JSON."""
    size = min(dataset.shape[:2])
    stem = next(one for one in _STEMS if size <= one.up_to)
    layers: list[dict[str, Any]] = [
        {
            **_conv(16, stem.kernel_size),
            "strides": stem.strides,
            "weight_decay": 0.02,
        }
    ]
    for width in stem.widths:
        layers += [{"type": "max_pool2d", "pool_size": 2}, _conv(width, 3)]
    layers += [
        {"type": "global_average_pool2d"},
        {"type": "dense", "units": len(dataset.class_names)},
    ]
    batch = min(_BATCH, max(1, dataset.train_size // 4))
    steps = _PASSES * dataset.train_size // batch
    rate = {"learning_rate": 0.05, "momentum": 0.9, "schedule": "linear"}
    return {
        "name": dataset.title,
        "dataset": dataset.name,
        "layers": layers,
        "optimizer": {"type": "sgd", **rate},
        "batch_size": batch,
        "steps": min(max(steps, _FEWEST_STEPS), _MOST_STEPS),
    }


def suited(draft: dict[str, Any], dataset: DatasetInfo) -> dict[str, Any]:
    """Gives a preset's recipe with as many answers as `dataset` has classes, and no larger batch
    than it has pictures.
    """
    *before, last = draft["layers"]
    if last.get("type") == "dense":
        last = {**last, "units": len(dataset.class_names)}
    batch = min(draft.get("batch_size", _BATCH), dataset.train_size)
    return {**draft, "layers": [*before, last], "batch_size": batch}


def _conv(filters: int, kernel_size: int) -> dict[str, Any]:
    shape = {"filters": filters, "kernel_size": kernel_size}
    return {"type": "conv2d", **shape, "activation": "relu"}
