"""How the pasted code trains: `compile`, `fit` and an optimiser's own call."""

import ast
import math
from collections.abc import Mapping
from typing import Any, get_args

from ..recipe.optimizers import Optimizer
from ..vocabulary.optimizers import OPTIMIZERS
from .draft import Draft
from .plain import shown, word
from .values import Applied, value_of

_NAMES = {"lr": "learning_rate", "eps": "epsilon"}
_SETTINGS = {
    model.model_fields["type"].default: model.model_fields.keys() - {"type", "schedule"}
    for model in get_args(get_args(Optimizer)[0])
}
_ANYWHERE = frozenset().union(*_SETTINGS.values())


def read_compile(draft: Draft, call: ast.Call, names: Mapping[str, Any]) -> None:
    """Reads the optimiser of `model.compile(optimizer=…)`, by its name or as it is made."""
    given = {one.arg: value_of(one.value, names) for one in call.keywords if one.arg}
    first = value_of(call.args[0], names) if call.args else None
    _take(draft, given.get("optimizer", first))


def read_optimizer(draft: Draft, call: ast.Call, names: Mapping[str, Any]) -> None:
    """Reads `torch.optim.SGD(model.parameters(), lr=0.01)` and `keras.optimizers.SGD(0.01)`."""
    _take(draft, value_of(call, names))


def read_fit(draft: Draft, call: ast.Call, names: Mapping[str, Any]) -> None:
    """Reads how long `model.fit(…)` trains, and in which batches."""
    for keyword in call.keywords:
        name = {"nb_epoch": "epochs"}.get(keyword.arg or "", keyword.arg)
        value = value_of(keyword.value, names)
        if name in ("batch_size", "epochs") and isinstance(value, int) and value > 0:
            draft.length[name] = value


def _take(draft: Draft, made: Any) -> None:
    if made is None:
        return
    kind = (word(made) or "").lower()
    if kind not in OPTIMIZERS:
        nearest = "the nearest is adam"
        draft.note("optimizer", f"The optimiser {shown(made)} isn't here: {nearest}.")
        return
    draft.optimizer = {"type": kind, "learning_rate": OPTIMIZERS[kind].usual_rate}
    if isinstance(made, Applied):
        numbers = [one for one in made.arguments if isinstance(one, int | float)]
        given: dict[str, Any] = {"learning_rate": numbers[0]} if numbers else {}
        for name, value in (given | made.keywords).items():
            _take_number(draft, kind, _NAMES.get(name, name), value)


def _take_number(draft: Draft, kind: str, name: str, value: Any) -> None:
    assert draft.optimizer is not None
    if name == "betas" and isinstance(value, tuple) and len(value) == 2:
        draft.optimizer |= dict(zip(("beta_1", "beta_2"), value, strict=True))
    elif name == "learning_rate" and not isinstance(value, int | float):
        draft.note("learning_rate", f"The schedule {shown(value)} isn't read: choose one here.")
    elif name in _SETTINGS[kind] and isinstance(value, int | float) and math.isfinite(value):
        draft.optimizer[name] = value
    elif name in _ANYWHERE and value:
        draft.note(name, f"{name}={shown(value)} isn't known for {OPTIMIZERS[kind].title} here.")
