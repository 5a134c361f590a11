"""Answers that carry verdicts: their fields are those of `FilterVerdicts`, in another shape."""

from collections.abc import Callable, Iterable
from types import GenericAlias
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, create_model

from ...verdicts import VERDICTS

Answer = TypeVar("Answer", bound=BaseModel)


def of_a_snapshot(verdict: Any) -> Any:
    """Gives a verdict's type as it is told, once a layer."""
    return verdict


def of_each_frame(verdict: Any) -> Any:
    """Gives the type of a verdict that is told of every frame, a list of them."""
    options = get_args(verdict)
    return GenericAlias(list, options[0] if type(None) in options else verdict)


def of_each_told_frame(verdict: Any) -> Any:
    """Gives the same where a frame may be without it: one that couldn't be judged."""
    return GenericAlias(list, verdict | None)


def of_one_filter(verdict: Any) -> Any:
    """Gives the type of one filter's entry in a verdict."""
    return get_args(verdict)[0]


def with_verdicts(
    shape: Callable[[Any], Any], names: Iterable[str] = VERDICTS, always: Iterable[str] = ()
) -> Callable[[type[Answer]], type[Answer]]:
    """Gives an answer a field for each verdict `names` that it doesn't describe itself.

    Args:
        shape: the type of the field, from the verdict's own.
        names: of the verdicts.
        always: those that are never null; the others are where there is nothing to say.
    """

    def extended(answer: type[Answer]) -> type[Answer]:
        fields: dict[str, Any] = {
            name: shape(VERDICTS[name]) if name in always else (shape(VERDICTS[name]) | None, None)
            for name in names
            if name not in answer.model_fields
        }
        return create_model(
            answer.__name__,
            __base__=answer,
            __module__=answer.__module__,
            __doc__=answer.__doc__,
            **fields,
        )

    return extended
