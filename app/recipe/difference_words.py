"""What differs from a preset, in the few words that a table has room for."""

from collections.abc import Callable, Sequence
from typing import Any, Final, get_args

from ..vocabulary.datasets import DATASETS
from ..vocabulary.field_labels import WORD_TITLES, label_of, layer_title
from ..vocabulary.layers import AnyLayer
from ..vocabulary.optimizers import OPTIMIZERS
from ..vocabulary.own_pictures import own_reference

_STEMS: Final = {
    kind.__dataclass_fields__["type"].default: kind.stem for kind in get_args(AnyLayer)
}
_MOST_NAMED: Final = 4
_FIRST: Final = "conv1"  # the layer that is meant where none is named


def added(kind: str) -> str:
    """Says that the preset has no such layer: `+ dropout`."""
    return f"+ {layer_title(kind).lower()}"


def removed(kind: str) -> str:
    """Says that the preset has such a layer: `− dropout`."""
    return f"− {layer_title(kind).lower()}"


def changed(field: str, value: Any, kinds: Sequence[str] = ()) -> str:
    """Says what a setting is: `lr 0.02`, `conv2 5×5`, `200 steps`.

    Args:
        field: its dotted path in the recipe.
        value: what it is, as JSON.
        kinds: of the layer whose setting it is and of all before it.
    """
    *_, owner, name = ("", *field.split("."))
    if owner == "without":
        return _without("" if name == _FIRST else f"{name} ", value.split(", "))
    say = _WORDS.get(f"{owner}.{name}") or _WORDS.get(name)
    text = say(value) if say else _named(kinds[-1] if kinds else owner, name, value)
    layer = _layer_name(kinds)
    return text if layer in ("", _FIRST) else f"{layer} {text}"


def _without(layer: str, filters: Sequence[str]) -> str:
    """Says which filters are held at 0: `without filter 16`, `without conv2 filters 3, 7`."""
    if len(filters) > _MOST_NAMED:
        return f"without {len(filters)} {layer}filters"
    return f"without {layer}filter{'s' if len(filters) > 1 else ''} {', '.join(filters)}"


def _layer_name(kinds: Sequence[str]) -> str:
    if not kinds:
        return ""
    stem = _STEMS[kinds[-1]]
    return f"{stem}{[_STEMS[kind] for kind in kinds].count(stem)}"


def _named(owner: str, name: str, value: Any) -> str:
    label = label_of(owner, name).text.lower()
    if isinstance(value, bool):
        return f"{label} {'on' if value else 'off'}"
    return f"{label} {_shown(value)}"


def _shown(value: Any) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:g}" if isinstance(value, float) else WORD_TITLES.get(value, str(value))


def _counted(one: str) -> Callable[[Any], str]:
    return lambda count: f"{count:,} {one}" if count == 1 else f"{count:,} {one}s"


def _square(size: Any) -> str:
    return f"{size}×{size}"


def _pictures(name: str) -> str:
    own = own_reference(name)
    return own.name if own else DATASETS[name].title if name in DATASETS else name


def _start(word: str) -> str:
    return "own start" if word in ("given", "run") else f"start {_shown(word)}"


_WORDS: Final[dict[str, Callable[[Any], str]]] = {
    "dataset": _pictures,
    "pixels": lambda value: f"{value} pixels",
    "labels": lambda value: f"{value} labels",
    "scaling": lambda value: f"scaling {_shown(value)}",
    "objective.type": _shown,
    "optimizer.type": lambda kind: OPTIMIZERS[kind].title if kind in OPTIMIZERS else kind,
    "optimizer.weight_decay": lambda value: f"optimiser decay {_shown(value)}",
    "learning_rate": lambda value: f"lr {_shown(value)}",
    "weight_decay": lambda value: f"decay {_shown(value)}",
    "kernel_size": _square,
    "pool_size": _square,
    "filters": _counted("filter"),
    "units": _counted("unit"),
    "rate": lambda value: f"rate {_shown(value)}",
    "kernel_initializer": _start,
    "depthwise_initializer": _start,
    "trainable": lambda learns: "learns" if learns else "frozen",
    "nesterov": lambda on: "Nesterov" if on else "no Nesterov",
    "batch_size": lambda value: f"batch {_shown(value)}",
    "steps": _counted("step"),
    "epochs": _counted("epoch"),
    "seed": lambda value: f"seed {value}",
    "data_seed": lambda value: f"picture seed {value}",
}
"""By the field's name, with its owner's where that matters."""
