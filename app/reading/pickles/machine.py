"""Goes through a pickle and builds what it describes out of plain and inert things."""

from collections.abc import Callable, Mapping
from typing import Final

from ..contents import WeightsUnreadable
from .objects import PickledName, PickledObject, named
from .stack import OPERATIONS, PickleStack
from .text import PickleText

_MOST_OPERATIONS: Final = 1_000_000
_AGAIN: Final = "the file is damaged; copy or save it once more"

Maker = Callable[[tuple[object, ...]], object]


class PickleMachine:
    """Reads the pickles of one file.

    Attributes:
        unknown: paths of what was called and isn't among the makers.

    Args:
        makers: by its dotted path, what does the work of a class or function; whatever isn't
            among them makes a `PickledObject`.
        stored: returns what is meant by a reference to something outside of the pickle.
    """

    def __init__(self, makers: Mapping[str, Maker], stored: Callable[[object], object]) -> None:
        self.unknown: dict[str, None] = {}
        self._makers, self._stored = makers, stored
        self._left = _MOST_OPERATIONS
        self._operations: dict[int, Callable[[PickleStack, PickleText], object]] = {
            **OPERATIONS,
            ord("c"): lambda stack, text: stack.push(_named(_word(text), _word(text))),
            0x93: lambda stack, _text: stack.push(_named(*stack.last(2))),
            ord("R"): lambda stack, _text: stack.push(self._called(*stack.last(2))),
            0x81: lambda stack, _text: stack.push(self._called(*stack.last(2))),
            0x92: lambda stack, _text: stack.push(self._called(*stack.last(3)[:2])),
            ord("Q"): lambda stack, _text: stack.push(self._stored(*stack.last(1))),
        }

    def read(self, text: PickleText) -> object:
        """Reads one pickle to its end.

        Raises:
            WeightsUnreadable: it is damaged, endless, or does what no weights need.
        """
        stack = PickleStack()
        try:
            while (code := text.byte()) != ord("."):
                self._operation(code, text)(stack, text)
            (found,) = stack.last(1)
        except WeightsUnreadable:
            raise
        except (LookupError, ValueError, TypeError, OverflowError) as error:
            raise WeightsUnreadable(
                f"its pickle is damaged before byte {text.place:,} "
                f"({type(error).__name__}: {str(error)[:100]}); {_AGAIN}"
            ) from None
        return found

    def _operation(
        self, code: int, text: PickleText
    ) -> Callable[[PickleStack, PickleText], object]:
        self._left -= 1
        if self._left < 0:
            raise WeightsUnreadable(
                f"its pickle has more than {_MOST_OPERATIONS:,} operations; "
                "save the network's weights alone"
            )
        operation = self._operations.get(code)
        if operation is None:
            raise WeightsUnreadable(
                f"its pickle has the operation {bytes([code])!r} at byte {text.place - 1:,}, "
                f"which no weights need; {_AGAIN}"
            )
        return operation

    def _called(self, function: object, args: object) -> object:
        path = function.path if isinstance(function, PickledName) else ""
        maker = self._makers.get(path)
        if maker is not None and isinstance(args, tuple):
            return maker(args)
        self.unknown.setdefault(path)
        return PickledObject(path, args)


def _word(text: PickleText) -> str:
    return text.line().decode("utf-8")


def _named(module: object, name: object) -> PickledName:
    if not isinstance(module, str) or not isinstance(name, str):
        raise TypeError("a name that is no text")
    return named(f"{module}.{name}")
