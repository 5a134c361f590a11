"""What stands in for all that a pickle names or would have made: it holds, and does nothing."""

from typing import Final

from ..contents import WeightsUnreadable

# Whoever calls these when weights are loaded wants something else than weights.
_HARMFUL_MODULES: Final = frozenset(
    {
        *("os", "posix", "nt", "subprocess", "sys", "shutil", "socket", "pty", "runpy", "code"),
        *("importlib", "ctypes", "webbrowser", "multiprocessing", "commands", "popen2", "pip"),
        *("timeit", "pdb", "bdb", "urllib", "http", "requests", "asyncio", "signal", "threading"),
    }
)
_HARMFUL_BUILTINS: Final = frozenset({"eval", "exec", "execfile", "compile", "open", "__import__"})


class PickledName:
    """A class or function by the dotted path that a pickle gives it; it is never looked up."""

    __slots__ = ("path",)

    def __init__(self, path: str) -> None:
        self.path = path

    @property
    def last(self) -> str:
        """The path's last part: the class or function itself."""
        return self.path.rpartition(".")[2]


class PickledObject:
    """What a class or function that isn't known would have made.

    Attributes:
        made_by: the path of the class or function; empty where it has none.
        args: what that was given.
        state: its attributes, or whatever else was to be restored.
        items: its entries, if it is filled as a dict is.
        elements: its elements, if it is filled as a list is.
    """

    __slots__ = ("args", "elements", "items", "made_by", "state")

    def __init__(self, made_by: str, args: object) -> None:
        self.made_by = made_by
        self.args = args
        self.state: object = None
        self.items: dict[object, object] | None = None
        self.elements: list[object] | None = None


class OddKey:
    """Stands for a key that is no name and no number: such ones take ages to compare."""

    __slots__ = ()


def named(path: str) -> PickledName:
    """Returns what stands for a path.

    Raises:
        WeightsUnreadable: no weights need it, and what it does when it is called is no reading.
    """
    module, _, name = path.rpartition(".")
    is_builtin = module in ("builtins", "__builtin__") and name in _HARMFUL_BUILTINS
    if is_builtin or module.split(".")[0] in _HARMFUL_MODULES:
        raise WeightsUnreadable(
            f"its pickle asks for {path[:80]}, which no weights need: loading it with torch.load "
            "may run a stranger's program; nothing of it was run here, so delete the file"
        )
    return PickledName(path)
