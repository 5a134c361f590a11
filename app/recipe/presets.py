"""The experiments that come with Filterscope."""

from typing import Any, NamedTuple


class Preset(NamedTuple):
    """A recipe worth starting with, in a learner's words; `recipe` is what `Recipe` validates."""

    name: str
    title: str
    sentence: str
    doubt: str
    recipe: dict[str, Any]


def _conv(filters: int, kernel_size: int, **more: Any) -> dict[str, Any]:
    more = {"activation": "relu", **more}
    return {"type": "conv2d", "filters": filters, "kernel_size": kernel_size, **more}


_POOL = {"type": "max_pool2d", "pool_size": 2}
_MEAN = {"type": "global_average_pool2d"}
_FLAT = {"type": "flatten"}
_TEN = {"type": "dense", "units": 10}


def _sgd(learning_rate: float, schedule: str) -> dict[str, Any]:
    rate = {"learning_rate": learning_rate, "momentum": 0.9, "schedule": schedule}
    return {"type": "sgd", **rate}


_LEAVES_DOUBT = (
    "Here a bar’s direction is part of the right answer, so edges pay off; "
    "No labels at all finds them without. "
    "Edges in the first layer do not mean that the network understands."
)
_STROKES_DOUBT = (
    "Weight decay on the filters is what makes these edges clean; without it the network reads "
    "digits just as well. Edges in the first layer do not mean that the network understands."
)

_CODE_DOUBT = (
    "Nobody tells this network what is in a picture; edges appear because it must rebuild gray "
    "discs from few filters, and with sparsity 0 there are none. That says what such pictures are "
    "made of, not that the network understands them."
)

PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset(
            "dead-leaves",
            "Dead leaves",
            "Coloured bars and discs. The clearest edges.",
            _LEAVES_DOUBT,
            {
                "dataset": "dead-leaves",
                "layers": [
                    _conv(16, 9, strides=2, weight_decay=0.02),
                    _POOL,
                    _conv(32, 3),
                    _MEAN,
                    _TEN,
                ],
                "optimizer": _sgd(0.05, "linear"),
                "batch_size": 64,
                "steps": 400,
            },
        ),
        Preset(
            "dead-leaves-large",
            "Dead leaves, large",
            "32 filters of 11×11 pixels instead of 16.",
            _LEAVES_DOUBT,
            {
                "dataset": "dead-leaves",
                "layers": [
                    _conv(32, 11, strides=2, weight_decay=0.02),
                    _POOL,
                    _conv(32, 3),
                    _MEAN,
                    _TEN,
                ],
                "optimizer": _sgd(0.05, "linear"),
                "batch_size": 64,
                "steps": 400,
            },
        ),
        Preset(
            "mnist-strokes",
            "Handwritten strokes",
            "Digits in gray. Edges of pen strokes.",
            _STROKES_DOUBT,
            {
                "dataset": "mnist",
                "layers": [_conv(16, 7, strides=2, weight_decay=0.05), _POOL, _FLAT, _TEN],
                "optimizer": _sgd(0.01, "constant"),
                "batch_size": 64,
                "steps": 1000,
            },
        ),
        Preset(
            "mnist-two-layers",
            "Two layers",
            "What a second layer builds from edges.",
            "Raw slices of the second layer look like noise and are no evidence of anything. "
            + _STROKES_DOUBT,
            {
                "dataset": "mnist",
                "layers": [
                    _conv(16, 7, strides=2, weight_decay=0.02),
                    _POOL,
                    _conv(64, 3),
                    _MEAN,
                    _TEN,
                ],
                "optimizer": _sgd(0.05, "linear"),
                "batch_size": 64,
                "steps": 600,
            },
        ),
        Preset(
            "keras-mnist",
            "The Keras example",
            "3×3 filters: noise on top, edges beneath.",
            "Filters of 3×3 move, but the random pattern they started with stays on top, and "
            "almost none passes the edge test. What training added beneath it does (Difference), "
            "yet nine numbers say little about any one filter. The digits are read all the same.",
            {
                "dataset": "mnist",
                "scaling": "unit",
                "layers": [
                    _conv(32, 3),
                    _conv(32, 3),
                    _POOL,
                    {"type": "dropout", "rate": 0.25},
                    _FLAT,
                    {"type": "dense", "units": 128, "activation": "relu"},
                    {"type": "dropout", "rate": 0.5},
                    _TEN,
                ],
                "optimizer": {"type": "adadelta", "learning_rate": 1.0, "rho": 0.95},
                "batch_size": 128,
                "epochs": 12,
            },
        ),
        Preset(
            "sparse-code",
            "No labels at all",
            "Edges without anyone giving answers.",
            _CODE_DOUBT,
            {
                "dataset": "gray-leaves",
                "scaling": "local-contrast",
                "objective": {"type": "sparse-code", "sparsity": 1.0},
                "layers": [_conv(32, 9, activation="linear")],
                "optimizer": {"type": "adam", "learning_rate": 0.005},
                "batch_size": 1024,
                "steps": 600,
            },
        ),
    )
}
