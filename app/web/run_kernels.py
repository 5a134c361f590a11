"""Recipes that begin with another run's filters: the numbers take the place of its name."""

import asyncio
import base64
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..recipe import Recipe, resolve
from ..store import Store
from ..vocabulary.kernel_starts import GivenKernel, KernelArray, NotAKernel, RunKernel
from ..vocabulary.layers import Conv2D
from ..vocabulary.layers.naming import kernel_name
from .chosen import step_of
from .own_pictures import folder_of, with_own_pictures
from .problems import Problem
from .services import Services, run_named

_NO_LIMIT = 2**62  # bytes: all snapshots are listed, and none of them read


async def resolve_with_kernels(body: Mapping[str, Any], services: Services) -> Recipe:
    """Gives the recipe of a request as `resolve` does, with the numbers of other runs' kernels and
    with what is known of pictures of one's own.

    So a recipe holds all that its run follows from, whatever becomes of what they are from.

    Raises:
        Problem: 422 naming the layer whose run, snapshot or kernel isn't there, or the data set.
        pydantic.ValidationError: naming each field that can't be.
    """
    whole = await asyncio.to_thread(with_own_pictures, body, folder_of(services.settings))
    recipe = await asyncio.to_thread(resolve, whole)  # kernels are looked through number by number
    return await asyncio.to_thread(with_kernels, recipe, services.store)


def with_kernels(recipe: Recipe, store: Store) -> Recipe:
    """Gives the recipe with the numbers of other runs' kernels; raises as
    `resolve_with_kernels`.
    """
    if not any(isinstance(_start(layer), RunKernel) for layer in recipe.layers):
        return recipe
    layers = []
    for index, layer in enumerate(recipe.layers):
        start = _start(layer)
        if isinstance(layer, Conv2D) and isinstance(start, RunKernel):
            given = _given(start, store, f"layers.{index}.kernel_initializer")
            layer = replace(layer, kernel_initializer=given)
        layers.append(layer)
    return Recipe.model_validate({**recipe.model_dump(), "layers": layers})


def _start(layer: Any) -> Any:
    return getattr(layer, "kernel_initializer", None)


def _given(start: RunKernel, store: Store, field: str) -> GivenKernel:
    run = run_named(store, start.run)
    if run is None:
        message = f"There is no run {start.run[:40]!r} to begin with; perhaps it was deleted."
        raise Problem(422, "run_unknown", message, field=f"{field}.run")
    if start.layer not in run.layers:
        message = f"That run's conv layers are {', '.join(run.layers)}."
        raise Problem(422, "no_layer", message, field=f"{field}.layer")
    places = {head.step: head.seq for head in store.film_heads(run.id, start.layer, _NO_LIMIT)}
    try:
        step = step_of(list(places), str(start.step))
    except Problem as problem:
        detail = problem.detail
        raise Problem(
            422, detail.code, detail.message, field=f"{field}.step", limit=detail.limit
        ) from None
    stored = store.array_at(run.id, places[step], kernel_name(start.layer))
    if stored is None:
        message = "This run was deleted meanwhile."
        raise Problem(422, "run_unknown", message, field=f"{field}.run")
    lengths = ", ".join(map(str, stored.shape))
    try:
        array = KernelArray("f4", lengths, base64.b64encode(stored.data).decode())
    except NotAKernel as problem:
        raise Problem(422, "invalid", f"{problem}.", field=f"{field}.layer") from None
    return GivenKernel(kernel=array, source=RunKernel(run=run.id, step=step, layer=start.layer))
