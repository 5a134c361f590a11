"""What a pickle's operations put into the things that it has built: elements, entries, states."""

from .objects import OddKey, PickledObject


def extended(target: object, elements: list[object]) -> object:
    """Adds elements to a list or an inert thing, and returns it."""
    if isinstance(target, PickledObject):
        if target.elements is None:
            target.elements = []
        target.elements.extend(elements)
    elif isinstance(target, list):
        target.extend(elements)
    else:
        raise TypeError("elements for what holds none")
    return target


def filled(target: object, entries: list[object]) -> object:
    """Adds entries, keys and values in turn, to a dict or an inert thing, and returns it."""
    found = dict(zip(map(_key, entries[::2]), entries[1::2], strict=True))
    if isinstance(target, PickledObject):
        if target.items is None:
            target.items = {}
        target.items.update(found)
    elif isinstance(target, dict):
        target.update(found)
    else:
        raise TypeError("entries for what holds none")
    return target


def restored(target: object, states: list[object]) -> object:
    """Gives an inert thing its state, and returns it; plain ones need none."""
    if isinstance(target, PickledObject):
        (target.state,) = states
    elif isinstance(target, str | bytes | int | float | tuple | None):
        raise TypeError("a state for what has none")
    return target


def _key(key: object) -> object:
    """Gives a key that is compared at once, however deeply a hostile one is nested."""
    return key if isinstance(key, str | bytes | int | float | None) else OddKey()
