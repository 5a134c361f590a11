"""Changes of a recipe as JSON; each returns another and leaves the one it is given alone."""

import copy
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from ...vocabulary.field_labels import layer_title

Draft = dict[str, Any]
Path = tuple[str | int, ...]


def path_of(field: str) -> Path:
    """Splits a dotted path, its numbers as numbers.

    >>> path_of("layers.3.kernel_size")
    ('layers', 3, 'kernel_size')
    """
    return tuple(int(part) if part.isdecimal() else part for part in field.split(".") if part)


def layer_index(path: Path) -> int | None:
    """Returns which layer a path leads into; None where into none: a field may be called anything.

    >>> layer_index(("layers", 3, "kernel_size")), layer_index(("layers", "x"))
    (3, None)
    """
    index = path[1] if len(path) > 1 and path[0] == "layers" else None
    return index if isinstance(index, int) else None


def value_at(draft: Draft, path: Path) -> Any:
    """Returns what stands at `path`; None where nothing does."""
    here: Any = draft
    for part in path:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            return None
    return here


def changed(draft: Draft, path: Path, **values: Any) -> Draft:
    """Sets fields of the object at `path`; those that become None go."""
    other = _copied(draft, path)
    here = value_at(other, path)
    for name, value in values.items():
        if value is None:
            here.pop(name, None)
        else:
            here[name] = value
    return other


def with_layers(draft: Draft, layers: Iterable[Any]) -> Draft:
    """Returns the draft with other layers."""
    return {**draft, "layers": list(layers)}


def with_dataset(draft: Draft, name: str) -> Draft:
    """Returns the draft with a data set that comes with the program."""
    return {**{key: value for key, value in draft.items() if key != "own"}, "dataset": name}


def inserted(draft: Draft, index: int, *layers: Mapping[str, Any]) -> Draft:
    """Puts layers before the one at `index`."""
    old = draft["layers"]
    return with_layers(draft, [*old[:index], *map(dict, layers), *old[index:]])


def removed(draft: Draft, index: int) -> Draft:
    """Takes a layer out."""
    old = draft["layers"]
    return with_layers(draft, [*old[:index], *old[index + 1 :]])


def moved(draft: Draft, index: int, to: int) -> Draft:
    """Takes a layer out and puts it at the place `to` among the others."""
    return inserted(removed(draft, index), to, draft["layers"][index])


def name_of(draft: Draft, index: int) -> str:
    """Names a layer in the middle of a sentence: "the dropout", "conv 2" where there are more."""
    kinds = [layer.get("type") for layer in draft["layers"]]
    title = layer_title(str(kinds[index]))
    title = title[0].lower() + title[1:]
    place = Counter(kinds[: index + 1])[kinds[index]]
    return f"{title} {place}" if kinds.count(kinds[index]) > 1 else f"the {title}"


def _copied(draft: Draft, path: Path) -> Draft:
    """Copies what is on the way to `path`, which may be long lists of numbers beside it."""
    other: Any = copy.copy(draft)
    here = other
    for part in path:
        here[part] = copy.copy(here[part])
        here = here[part]
    return other  # type: ignore[no-any-return]
