"""A draft's layers as a recipe has them: activations within layers, padding as a word."""

from typing import Any, Final, NamedTuple

from .draft import Draft, LayerDraft

_WITH_ACTIVATION: Final = ("conv2d", "depthwise_conv2d", "dense")
_USUAL: Final[dict[str, dict[str, float]]] = {
    "conv2d": {"filters": 32, "kernel_size": 3},
    "depthwise_conv2d": {"kernel_size": 3},
    "dense": {"units": 10},
    "dropout": {"rate": 0.5},
}
_CALLED: Final = {
    "filters": "how many filters there are",
    "kernel_size": "how large a kernel is",
    "units": "how many units there are",
    "rate": "which share is dropped",
}


class Assembled(NamedTuple):
    """A recipe's layers, and which of them each layer of the draft went into, if any."""

    layers: list[dict[str, Any]]
    places: list[int | None]


def assembled(draft: Draft) -> Assembled:
    """Returns the layers of a recipe in order, and notes in the draft what changed."""
    layers: list[LayerDraft] = []
    homes: list[LayerDraft | None] = []
    rim = _Rim(draft)
    for layer in draft.layers:
        home: LayerDraft | None = None
        if layer.kind == "activation":
            home = _give_activation(draft, layers, layer.settings.get("activation", "linear"))
        elif layer.kind == "padding":
            rim.keep(layer, len(homes))
        elif layer.kind == "flatten" and _is_vector(layers):
            pass  # a mean of each map is one vector already
        elif layer.kind != "nothing":
            home = _mended(draft, layer)
            layers.append(home)
            if (place := rim.give(home)) is not None:
                homes[place] = home
        homes.append(home)
    _leave_softmax_out(draft, layers)
    places = {id(layer): index for index, layer in enumerate(layers)}
    return Assembled(
        [{"type": layer.kind, **layer.settings} for layer in layers],
        [places[id(home)] if home else None for home in homes],
    )


class _Rim:
    """A rim of zeros that stands by itself, until the convolution behind it takes it."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._zeros: tuple[int, int] | None = None
        self._place = 0

    def keep(self, layer: LayerDraft, place: int) -> None:
        """Keeps the zeros of a layer that stands at `place` in the text."""
        self._zeros, self._place = layer.settings.get("zeros", (1, 1)), place

    def give(self, layer: LayerDraft) -> int | None:
        """Makes it the padding of a convolution without any; returns its place if it did."""
        zeros, self._zeros = self._zeros, None
        if zeros is None or zeros == (0, 0):
            return None
        is_free = layer.settings.get("padding", "valid") == "valid"
        if layer.kind not in ("conv2d", "depthwise_conv2d") or not is_free:
            sentence = "A rim of zeros by itself isn't here: use padding same."
            self._draft.note("ZeroPadding2D", sentence)
            return None
        self._check(zeros, layer.settings["kernel_size"], layer.settings.get("strides", 1))
        layer.settings["padding"] = "same"
        return self._place

    def _check(self, zeros: tuple[int, int], side: int, strides: int) -> None:
        """Notes a rim that padding same never has; with strides it depends on the picture."""
        total = sum(zeros)
        is_even = zeros[0] == total // 2
        if not is_even or total > side - 1 or (strides == 1 and total != side - 1):
            said = "×".join(map(str, zeros))
            sentence = f"A rim of {said} around {side}×{side} isn't here: same is taken."
            self._draft.note("ZeroPadding2D", sentence)


def _is_vector(layers: list[LayerDraft]) -> bool:
    return any(layer.kind in ("global_average_pool2d", "flatten") for layer in layers)


def _mended(draft: Draft, layer: LayerDraft) -> LayerDraft:
    if layer.kind == "dropout2d":
        layer.kind = "dropout"
        draft.note("Dropout2d", "Whole maps aren't dropped here: the nearest is Dropout.")
    for name, usual in _USUAL.get(layer.kind, {}).items():
        if name not in layer.settings:
            layer.settings[name] = usual
            draft.note(name, f"It isn't said {_CALLED[name]}: {usual} is taken.")
    if (rim := layer.settings.pop("rim", None)) is not None:
        _put_padding(draft, layer, rim)
    return layer


def _put_padding(draft: Draft, layer: LayerDraft, rim: int) -> None:
    """Finds Keras's word for a rim of so many zeros."""
    if rim == 0:
        return
    side = layer.settings.get("kernel_size", layer.settings.get("pool_size", 2))
    layer.settings["padding"] = "same"
    if 2 * rim != side - 1:
        draft.note("padding", f"A rim of {rim} around {side}×{side} isn't here: same is taken.")
    elif layer.settings.get("strides", 1) != 1:
        draft.note("padding", "With strides, same shifts by a pixel: its zeros come last.")


def _give_activation(draft: Draft, layers: list[LayerDraft], activation: str) -> LayerDraft | None:
    """Puts an activation into the layer it follows; before or behind a max-pool it is the same.

    Returns that layer, None where there is none.
    """
    target = layers[-1] if layers else None
    if target is not None and target.kind == "max_pool2d" and len(layers) > 1:
        target = layers[-2]
    takes = target is not None and target.kind in _WITH_ACTIVATION
    if target is not None and takes and target.settings.get("activation", "linear") == "linear":
        target.settings["activation"] = activation
        return target
    behind = f"behind {layers[-1].kind}" if layers else "at the beginning"
    draft.note(activation, f"{activation} {behind} isn't here, and is left out.")
    return None


def _leave_softmax_out(draft: Draft, layers: list[LayerDraft]) -> None:
    for index, layer in enumerate(layers):
        if layer.settings.get("activation") != "softmax":
            continue
        del layer.settings["activation"]
        if index == len(layers) - 1:
            draft.note("softmax", "The softmax is part of the loss here: the same numbers.")
        else:
            draft.note("softmax", "A softmax within a network isn't here, and is left out.")
