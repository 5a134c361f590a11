"""Recipes on pictures of one's own: what is known of these takes its place beside their name."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..kept_pictures import KeptPictures, all_kept, kept_for, pictures_folder
from ..recipe.resolution import merged
from ..settings import Settings
from ..vocabulary.own_pictures import OwnReference, own_reference
from .problems import Problem


def folder_of(settings: Settings) -> Path:
    """Returns where data sets of one's own lie."""
    return pictures_folder(settings.cache_folder)


def with_own_pictures(body: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Gives the whole recipe that a request asks for, with what is known of its pictures.

    Raises:
        Problem: 422 there are no such pictures, or others go by that name now.
        pydantic.ValidationError: the preset isn't one.
    """
    draft = merged(body)
    reference = own_reference(draft.get("dataset"))
    if reference is None:
        draft.pop("own", None)
        return draft
    kept = kept_for(folder, _pinned(reference, draft.get("own")))
    if kept is None:
        raise _unknown(reference, folder)
    return {**draft, "dataset": kept.reference, "own": told_in_recipe(kept)}


def told_in_recipe(kept: KeptPictures) -> dict[str, Any]:
    """Gives what a recipe says of pictures of one's own, beside their name."""
    info = kept.info
    return {
        "digest": kept.digest,
        "shape": list(info.shape),
        "class_names": list(info.class_names),
        "train_size": info.train_size,
        "test_size": info.test_size,
    }


def _pinned(reference: OwnReference, own: Any) -> OwnReference:
    """Returns what is meant where a recipe that was kept says the whole digest."""
    digest = own.get("digest") if isinstance(own, dict) else None
    if reference.digest is None and isinstance(digest, str):
        return reference._replace(digest=digest)
    return reference


def _unknown(reference: OwnReference, folder: Path) -> Problem:
    kept = all_kept(folder)
    if any(one.name == reference.name for one in kept):
        message = (
            f"Other pictures are called {reference.name} now. To train on those, say "
            f"own:{reference.name}, without a digest; or add the earlier ones again."
        )
        return Problem(422, "dataset_changed", message, field="dataset")
    there = f"there are {', '.join(one.reference for one in kept)}" if kept else "there are none"
    message = f"There are no pictures called {reference.name} here; {there[:400]}."
    return Problem(422, "dataset_unknown", message, field="dataset")
