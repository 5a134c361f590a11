"""What stands in for the functions that a pickle of PyTorch calls: each makes a plain thing."""

from collections.abc import Callable
from typing import Final

from ..contents import WeightsUnreadable
from ..pickles import PickledName, PickledObject
from ..pickles.filling import filled
from .numbers import element_named
from .storages import PickledStorage, tensor_of, tensor_typed

Args = tuple[object, ...]
_AGAIN: Final = "the file is damaged; save it once more"


def _view(args: Args) -> object:
    return tensor_of(*_first(4, args))


def _typed_view(args: Args) -> object:
    storage, offset, shape, strides, _, _, dtype = _first(7, args)
    if not isinstance(storage, PickledStorage):
        raise WeightsUnreadable(f"one of its tensors has no storage; {_AGAIN}")
    return tensor_typed(storage, element_named(dtype), offset, shape, strides)


def _of_a_type(args: Args) -> object:
    """Makes what `_rebuild_from_type_v2` would: a tensor with a class of its own around it."""
    function, _, inner = _first(3, args)
    path = function.path if isinstance(function, PickledName) else ""
    maker = MAKERS.get(path)
    if maker is None or maker is _of_a_type or not isinstance(inner, tuple):
        return PickledObject(path, inner)
    return maker(inner)


def _itself(args: Args) -> object:
    return _first(1, args)[0]


def _sides(args: Args) -> object:
    (sides,) = _first(1, args)
    return tuple(sides) if isinstance(sides, list | tuple) else ()


def _dict(args: Args) -> object:
    """Makes a dict of pairs, if there are any; an OrderedDict's order is a dict's."""
    pairs = args[0] if args and isinstance(args[0], list | tuple) else []
    entries = [part for pair in pairs if isinstance(pair, list | tuple) for part in pair[:2]]
    return filled({}, entries)


def _list(args: Args) -> object:
    return list(args[0]) if args and isinstance(args[0], list | tuple) else []


def _first(count: int, args: Args) -> Args:
    if len(args) < count:
        raise WeightsUnreadable(f"its pickle calls a function with too little; {_AGAIN}")
    return args[:count]


MAKERS: Final[dict[str, Callable[[Args], object]]] = {
    "torch._utils._rebuild_tensor": _view,
    "torch._utils._rebuild_tensor_v2": _view,
    "torch._utils._rebuild_tensor_v3": _typed_view,
    "torch._utils._rebuild_qtensor": _view,
    "torch._utils._rebuild_parameter": _itself,
    "torch._utils._rebuild_parameter_with_state": _itself,
    "torch._tensor._rebuild_from_type_v2": _of_a_type,
    "torch.Size": _sides,
    "torch.jit._pickle.build_intlist": _list,
    "torch.jit._pickle.build_doublelist": _list,
    "torch.jit._pickle.build_boollist": _list,
    "torch.jit._pickle.build_tensorlist": _list,
    "torch.jit._pickle.restore_type_tag": _itself,
    "collections.OrderedDict": _dict,
    "collections.defaultdict": lambda _args: {},
    "collections.Counter": _dict,
    "builtins.dict": _dict,
    "__builtin__.dict": _dict,
    **{f"{module}.{name}": _list for module in ("builtins", "__builtin__")
       for name in ("set", "frozenset", "list")},
}  # fmt: skip
