"""The values of expressions that stand for plain data; anything else stays a word."""

import ast
from collections.abc import Mapping
from typing import Any, NamedTuple

_LARGEST = 10**9
_LONGEST_SHOWN = 60


class Applied(NamedTuple):
    """A call within a value, `l2(0.01)`: its last name and its arguments, carried out by nobody."""

    name: str
    arguments: tuple[Any, ...]
    keywords: dict[str, Any]


class Unsaid(NamedTuple):
    """An expression whose value the text doesn't say."""

    words: str


def value_of(node: ast.expr, names: Mapping[str, Any]) -> Any:
    """Returns the number, word, tuple, `Applied` or `Unsaid` that an expression stands for.

    `names` are the variables that the text itself gave a value. Names of functions and classes
    (`relu`, `nn.init.zeros_`) are returned as `Unsaid` with their last part.
    """
    match node:
        case ast.Constant(value=value):
            return Unsaid("...") if value is Ellipsis else value
        case ast.Name(id=name):
            return names.get(name, Unsaid(name))
        case ast.Attribute(attr=last):
            return Unsaid(last)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return _whole(node, tuple(value_of(part, names) for part in parts))
        case ast.Call(func=function, args=arguments, keywords=keywords):
            given = {one.arg: value_of(one.value, names) for one in keywords if one.arg}
            inner = tuple(value_of(one, names) for one in arguments)
            return Applied(last_name(function), inner, given)
        case ast.Subscript(value=inner_node, slice=index):
            return _item(node, value_of(inner_node, names), value_of(index, names))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _number(node, lambda: -_known(value_of(operand, names)))
        case ast.BinOp(left=left, op=operator, right=right):
            return _counted(node, operator, value_of(left, names), value_of(right, names))
    return unsaid(node)


def unsaid(node: ast.AST) -> Unsaid:
    """Returns an expression as its own words, shortened."""
    words = ast.unparse(node)
    return Unsaid(words if len(words) <= _LONGEST_SHOWN else words[: _LONGEST_SHOWN - 1] + "…")


def last_name(node: ast.expr) -> str:
    """Returns what is called without where it is from: `Conv2D` of `keras.layers.Conv2D`."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _whole(node: ast.expr, parts: tuple[Any, ...]) -> Any:
    return parts if len(parts) <= 64 else unsaid(node)


def _item(node: ast.expr, values: Any, index: Any) -> Any:
    try:
        return values[index] if isinstance(values, tuple) else unsaid(node)
    except (IndexError, TypeError):
        return unsaid(node)


def _counted(node: ast.expr, operator: ast.operator, left: Any, right: Any) -> Any:
    match operator:
        case ast.Add():
            return _number(node, lambda: _known(left) + _known(right))
        case ast.Sub():
            return _number(node, lambda: _known(left) - _known(right))
        case ast.Mult():
            return _number(node, lambda: _known(left) * _known(right))
        case ast.FloorDiv():
            return _number(node, lambda: _known(left) // _known(right))
        case ast.Div():
            return _number(node, lambda: _known(left) / _known(right))
    return unsaid(node)


def _known(value: Any) -> int | float:
    """Raises TypeError unless it is a number small enough to count with."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _LARGEST:
        raise TypeError
    return value


def _number(node: ast.expr, count: Any) -> Any:
    try:
        return count()
    except (TypeError, ArithmeticError):
        return unsaid(node)
