"""The stack and the memory of a pickle, and the operations that need nothing else.

What each does: Python's own pickletools.
"""

from collections.abc import Callable
from typing import Final

from .filling import extended, filled, restored
from .text import PickleText
from .values import VALUES


class PickleStack:
    """What a pickle has put together so far."""

    def __init__(self) -> None:
        self._stack: list[object] = []
        self._below: list[list[object]] = []
        self._kept: dict[int, object] = {}

    def push(self, value: object) -> None:
        """Puts a value on top."""
        self._stack.append(value)

    def last(self, count: int) -> list[object]:
        """Takes the topmost ones away, the lowest first; LookupError if there are fewer."""
        if len(self._stack) < count:
            raise LookupError("the stack is empty")
        found = self._stack[-count:]
        del self._stack[-count:]
        return found

    def mark(self) -> None:
        """Begins to count what is put on top."""
        self._below.append(self._stack)
        self._stack = []

    def marked(self) -> list[object]:
        """Takes away what was put on top since the newest mark."""
        found, self._stack = self._stack, self._below.pop()
        return found

    def change(self, change: Callable[[object, list[object]], object], by: list[object]) -> None:
        """Has the topmost value filled."""
        self._stack[-1] = change(self._stack[-1], by)

    def keep(self, place: int | None = None) -> None:
        """Remembers the topmost value, at the next place if none is told."""
        self._kept[len(self._kept) if place is None else place] = self._stack[-1]

    def kept(self, place: int) -> None:
        """Puts on top what is remembered at a place."""
        self._stack.append(self._kept[place])


def _pushes(value: Callable[[PickleText], object]) -> Callable[[PickleStack, PickleText], None]:
    return lambda stack, text: stack.push(value(text))


OPERATIONS: Final[dict[int, Callable[[PickleStack, PickleText], object]]] = {
    **{sign[0]: _pushes(value) for sign, value in VALUES.items()},
    0x80: lambda _stack, text: text.take(1),  # the protocol
    0x95: lambda _stack, text: text.take(8),  # the length of a frame
    ord("("): lambda stack, _text: stack.mark(),
    ord("0"): lambda stack, _text: stack.last(1),
    ord("1"): lambda stack, _text: stack.marked(),
    ord("t"): lambda stack, _text: stack.push(tuple(stack.marked())),
    ord("l"): lambda stack, _text: stack.push(stack.marked()),
    0x91: lambda stack, _text: stack.push(stack.marked()),
    ord("d"): lambda stack, _text: stack.push(filled({}, stack.marked())),
    0x85: lambda stack, _text: stack.push(tuple(stack.last(1))),
    0x86: lambda stack, _text: stack.push(tuple(stack.last(2))),
    0x87: lambda stack, _text: stack.push(tuple(stack.last(3))),
    ord("a"): lambda stack, _text: stack.change(extended, stack.last(1)),
    ord("e"): lambda stack, _text: stack.change(extended, stack.marked()),
    0x90: lambda stack, _text: stack.change(extended, stack.marked()),
    ord("s"): lambda stack, _text: stack.change(filled, stack.last(2)),
    ord("u"): lambda stack, _text: stack.change(filled, stack.marked()),
    ord("b"): lambda stack, _text: stack.change(restored, stack.last(1)),
    ord("g"): lambda stack, text: stack.kept(int(text.line())),
    ord("h"): lambda stack, text: stack.kept(text.byte()),
    ord("j"): lambda stack, text: stack.kept(text.number(4)),
    ord("p"): lambda stack, text: stack.keep(int(text.line())),
    ord("q"): lambda stack, text: stack.keep(text.byte()),
    ord("r"): lambda stack, text: stack.keep(text.number(4)),
    0x94: lambda stack, _text: stack.keep(),
}
