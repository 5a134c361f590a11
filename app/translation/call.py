"""Python calls as text."""

from typing import Any

_NEVER = object()
_WIDTH = 88


class Expression(str):
    """Text that stands in a call as it is, without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Returns the text itself."""
        return str(self)


class Call:
    """A call that is being written: `Call("layers.Conv2D", 32, 3).put("strides", 2)`.

    Attributes:
        name: what is called.
        written: its arguments as they are written, in order.
        names: the name of each, None where it goes by its place.
    """

    def __init__(self, name: str, *arguments: Any) -> None:
        self.name = name
        self.names: list[str | None] = [None] * len(arguments)
        self.written = [_shown(argument) for argument in arguments]

    def put(self, name: str, value: Any, unless: Any = _NEVER) -> "Call":
        """Adds an argument by name, unless it has its usual value; returns the call."""
        if unless is _NEVER or value != unless:
            self.names.append(name)
            self.written.append(f"{name}={_shown(value)}")
        return self

    def __str__(self) -> str:
        """Returns the call as Python has it, in one line."""
        return f"{self.name}({', '.join(self.written)})"

    def within(self, indent: int) -> str:
        """Returns the call for a place `indent` characters in, folded where it is long."""
        line = str(self)
        if indent + len(line) < _WIDTH or not self.written:
            return line
        inner = " " * (indent + 4)
        arguments = "".join(f"{inner}{argument},\n" for argument in self.written)
        return f"{self.name}(\n{arguments}{' ' * indent})"


def _shown(value: Any) -> str:
    is_plain_text = isinstance(value, str) and not isinstance(value, Expression)
    return f'"{value}"' if is_plain_text else repr(value)
