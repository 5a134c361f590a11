"""What each argument of a layer becomes in a recipe, or why it can't."""

from collections.abc import Callable
from typing import Any, Final, get_args

from ..vocabulary.layers.layer import Activation, Initializer
from .draft import CannotBe, Draft, LayerDraft
from .plain import fraction, shown, whole, word
from .values import Applied, Unsaid

_ACTIVATIONS: Final = get_args(Activation)
_INITIALIZERS: Final = get_args(Initializer)
_OLD_INITIALIZERS: Final = {"uniform": "lecun_uniform", "normal": "lecun_normal", "zero": "zeros"}

Setter = Callable[[Draft, LayerDraft, Any], None]


def _number(name: str, read: Callable[[Any], float]) -> Setter:
    def put(draft: Draft, layer: LayerDraft, value: Any) -> None:
        layer.settings[name] = read(value)

    return put


def _square(name: str) -> Setter:
    """Reads the side of a square; of a pair that isn't one the longer side is taken, and said."""

    def put(draft: Draft, layer: LayerDraft, value: Any) -> None:
        sides = value if isinstance(value, tuple) else ()
        if len(sides) == 2 and sides[0] != sides[1]:
            side = max(map(whole, sides))
            layer.settings[name] = side
            said = f"{sides[0]}×{sides[1]} isn't square, and windows here are"
            raise CannotBe(f"{said}: {side}×{side} is taken")
        layer.settings[name] = whole(value)

    return put


def _side(draft: Draft, layer: LayerDraft, value: Any) -> None:
    side, other = whole(value), layer.settings.get("kernel_size")
    layer.settings["kernel_size"] = max(side, other or side)
    if other not in (None, side):
        square = f"{layer.settings['kernel_size']}×{layer.settings['kernel_size']}"
        raise CannotBe(f"{other}×{side} isn't square, and kernels here are: {square} is taken")


def _pool_strides(draft: Draft, layer: LayerDraft, value: Any) -> None:
    if value is not None:
        _square("strides")(draft, layer, value)


def _padding(draft: Draft, layer: LayerDraft, value: Any) -> None:
    """Reads Keras's words, and PyTorch's numbers where they come to the same."""
    said = word(value)
    if said in ("valid", "same"):
        layer.settings["padding"] = said
        return
    if isinstance(value, bool) or not isinstance(value, int | tuple):
        raise CannotBe(f"{shown(value)} isn't here: padding is valid or same")
    is_none = value in (0, (0, 0))
    layer.settings["rim"] = 0  # means something beside the kernel's size
    if not is_none:
        _square("rim")(draft, layer, value)


def _zeros(draft: Draft, layer: LayerDraft, value: Any) -> None:
    """Reads a rim of zeros: 1, (1, 1), ((0, 1), (0, 1)), or PyTorch's (left, right, above, below).

    What is kept is how many lie before and behind, the same along both sides.
    """
    match value:
        case (int(), int(), int(), int()):
            pairs = value[:2], value[2:]
        case ((_, _), (_, _)):
            pairs = value
        case (int() as rows, int() as columns):
            pairs = (rows, rows), (columns, columns)
        case _:
            pairs = (value, value), (value, value)
    sides = {tuple(map(_zeros_or_more, pair)) for pair in pairs}
    if len(sides) > 1:
        raise CannotBe(f"{shown(value)} isn't the same along both sides, and windows here are")
    layer.settings["zeros"] = sides.pop()


def _zeros_or_more(value: Any) -> int:
    return 0 if value == 0 else whole(value)


def _activation(draft: Draft, layer: LayerDraft, value: Any) -> None:
    said = word(value)
    if value is None or said in _ACTIVATIONS:
        layer.settings["activation"] = said or "linear"
    elif said in ("softmax", "logsoftmax", "log_softmax"):
        layer.settings["activation"] = "softmax"
    else:
        raise CannotBe(f"{shown(value)} isn't here: the nearest is relu")


def _initializer(draft: Draft, layer: LayerDraft, value: Any) -> None:
    said = (word(value) or "").replace("_", "")
    known = {name.replace("_", ""): name for name in _INITIALIZERS} | _OLD_INITIALIZERS
    if said not in known:
        raise CannotBe(f"{shown(value)} isn't here: the nearest is glorot_uniform")
    layer.settings["kernel_initializer"] = known[said]
    if said in _OLD_INITIALIZERS:
        raise CannotBe(f"{said} isn't here: the nearest is {known[said]}")


def _decay(draft: Draft, layer: LayerDraft, value: Any) -> None:
    """Reads `l2(x)`, whose gradient is 2·x·W."""
    match value:
        case None:
            return
        case "l2" | Unsaid(words="l2"):
            layer.settings["weight_decay"] = 0.02
        case Applied(name="l2" | "L2", arguments=(first, *_)):
            layer.settings["weight_decay"] = 2 * fraction(first)
        case Applied(name="l2" | "L2", keywords={"l2": given} | {"l": given}):
            layer.settings["weight_decay"] = 2 * fraction(given)
        case _:
            raise CannotBe(f"{shown(value)} isn't here: the nearest is l2(0.01)")


def _shape(draft: Draft, layer: LayerDraft, value: Any) -> None:
    if not isinstance(value, Unsaid) and value != "...":
        draft.shape = value if isinstance(value, tuple) else None


def _batch_shape(draft: Draft, layer: LayerDraft, value: Any) -> None:
    draft.shape = value[1:] if isinstance(value, tuple) else None


def _channels(draft: Draft, layer: LayerDraft, value: Any) -> None:
    if draft.channels is None and not any(one.kind == "conv2d" for one in draft.layers):
        draft.channels = whole(value)


def _data_format(draft: Draft, layer: LayerDraft, value: Any) -> None:
    if (said := word(value)) in ("th", "channels_first", "tf", "channels_last"):
        draft.is_channels_first = said in ("th", "channels_first")


def _only(*plain: Any, why: str) -> Setter:
    """Accepts what means nothing special, and says `why` anything else can't be."""

    def check(draft: Draft, layer: LayerDraft, value: Any) -> None:
        if value not in (*plain, *((one, one) for one in plain)):
            raise CannotBe(why.format(shown(value)))

    return check


def _momentum_of_torch(draft: Draft, layer: LayerDraft, value: Any) -> None:
    layer.settings["momentum"] = 1 - fraction(value)


SETTERS: Final[dict[str, Setter]] = {
    "filters": _number("filters", whole),
    "kernel_size": _square("kernel_size"),
    "rows": _side,
    "columns": _side,
    "strides": _square("strides"),
    "pool_strides": _pool_strides,
    "padding": _padding,
    "zeros": _zeros,
    "trainable": _number("trainable", bool),
    "activation": _activation,
    "kernel_initializer": _initializer,
    "weight_decay": _decay,
    "units": _number("units", whole),
    "rate": _number("rate", fraction),
    "pool_size": _square("pool_size"),
    "depth_multiplier": _number("depth_multiplier", whole),
    "momentum": _number("momentum", fraction),
    "torch_momentum": _momentum_of_torch,
    "epsilon": _number("epsilon", fraction),
    "center": _number("center", bool),
    "scale": _number("scale", bool),
    "input_shape": _shape,
    "batch_shape": _batch_shape,
    "in_channels": _channels,
    "data_format": _data_format,
    "padding_mode": _only("zeros", why="a rim of {} isn't here: zeros are put around"),
    "groups": _only(1, why="groups of {} aren't here: each filter sees every channel"),
    "dilation": _only(1, why="a dilation of {} isn't here: windows have no gaps"),
    "use_bias": _only(True, None, why="every layer here has a bias, which starts at zero"),
    "output_size": _only(1, why="an output of {} isn't here: the mean of each whole map is taken"),
    "max_value": _only(None, why="a ceiling of {} isn't here: the nearest is relu"),
}
"""By what an argument means."""

SILENT: Final = frozenset(
    {
        *("name", "dtype", "device", "inplace", "bias_initializer", "in_features", "axis"),
        *("num_features", "input_dim", "seed", "inputs", "start_dim", "end_dim", "dim", "mode"),
        *("affine", "track_running_stats", "batch_size", "beta_initializer", "gamma_initializer"),
    }
)
"""Arguments that a recipe has no word for and that change nothing here when left at rest."""
