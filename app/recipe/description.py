"""What a run of a recipe is known by."""

from collections.abc import Iterator

from ..external.described import Control, Described, DescribedLayer
from ..vocabulary.layers import Layer
from .recipe import Recipe

_CONTROLS: tuple[tuple[str, str, Control], ...] = (
    ("pixels", "shuffled", "shuffled pixels"),
    ("labels", "random", "random labels"),
)


def described(recipe: Recipe) -> Described:
    """Describes a run that a worker of ours trains by `recipe`."""
    return Described(
        name=recipe.name,
        source="own",
        framework="Filterscope",
        layers=tuple(_layers(recipe)),
        dataset=recipe.dataset,
        objective=recipe.objective.type,
        controls=tuple(name for field, value, name in _CONTROLS if getattr(recipe, field) == value),
        seed=recipe.seed,
        class_names=recipe.class_names,
    )


def _layers(recipe: Recipe) -> Iterator[DescribedLayer]:
    shape: tuple[int, ...] = recipe.dataset_info.shape
    for layer, plan in zip(recipe.layers, recipe.plan, strict=True):
        kernel = _kernel_shape(layer, shape)
        yield DescribedLayer(name=plan.name, title=plan.name, kind=plan.type, shape=kernel)
        shape = plan.output_shape


def _kernel_shape(layer: Layer, inputs: tuple[int, ...]) -> tuple[int, ...] | None:
    return next((spec.shape for spec in layer.parameters(inputs) if spec.name == "kernel"), None)
