"""What first filters are worth: a recipe with those somebody chose, beside itself without them."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from ..vocabulary.kernel_starts import Chosen
from ..vocabulary.layers import Conv2D
from .recipe import Recipe

_RULE: Final = "glorot_uniform"
_LONGEST_NAME: Final = 80


class Way(NamedTuple):
    """One way to come by first filters; `frozen` ones never change while the rest learns."""

    name: str
    chosen: bool
    frozen: bool

    @property
    def words(self) -> str:
        """What the filters are, as a run's name adds it to the recipe's; "" where they learn."""
        whose = "own filters" if self.chosen else "random filters"
        return f"{whose}, {'frozen' if self.frozen else 'free to learn'}"


LEARNED: Final = Way("learned", chosen=False, frozen=False)
FROZEN: Final = Way("frozen", chosen=True, frozen=True)
FREE: Final = Way("free", chosen=True, frozen=False)
RANDOM: Final = Way("random", chosen=False, frozen=True)
WAYS: Final = (LEARNED, FROZEN, FREE, RANDOM)


def compared(recipe: Recipe, start: Chosen | Mapping[str, Any], way: Way) -> Recipe:
    """Returns the recipe whose first conv layer comes by its filters in that way; all else stays.

    `start` are the chosen ones, as a `kernel_initializer` names them. Random filters are drawn as
    the recipe says, or by Glorot's rule where it chooses some itself.

    Raises:
        pydantic.ValidationError: the filters don't fit the layer, or nothing would learn.
    """
    told = recipe.model_dump()
    first = next(layer for layer in told["layers"] if layer["type"] == Conv2D.type)
    own = first["kernel_initializer"]
    drawn = own if isinstance(own, str) else _RULE
    first["kernel_initializer"] = start if way.chosen else drawn
    first["trainable"] = not way.frozen
    name = recipe.name if way is LEARNED else _named(recipe.name, way)
    return Recipe.model_validate({**told, "name": name})


def _named(name: str, way: Way) -> str:
    added = f" · {way.words}"
    return name[: _LONGEST_NAME - len(added)].rstrip() + added
