"""Recipes on pictures of one's own: what is known of these takes its place beside their name."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..kept_pictures import KeptPictures, all_kept, kept_for, pictures_folder
from ..recipe.resolution import changed_by, merged
from ..recipe.suiting import suited, suited_recipe
from ..settings import Settings
from ..vocabulary.datasets import DATASETS, DatasetInfo
from ..vocabulary.own_pictures import OwnReference, own_reference
from .problems import Problem


def folder_of(settings: Settings) -> Path:
    """Returns where data sets of one's own lie."""
    return pictures_folder(settings.cache_folder)


def with_own_pictures(body: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Gives the whole recipe that a request asks for, with what is known of its pictures.

    A preset takes their shape, unless the request says the layers; the preset `own:NAME` is a
    network that suits them.

    Raises:
        Problem: 422 there are no such pictures, or others go by that name now.
        pydantic.ValidationError: the preset isn't one.
    """
    asked = own_reference(body.get("preset"))
    if asked is not None:
        kept = _found(asked, folder, "preset")
        overrides = {key: value for key, value in body.items() if key != "preset"}
        draft = changed_by(overrides, suited_recipe(kept.info))
    else:
        draft = merged(body)
    reference = own_reference(draft.get("dataset"))
    if reference is None:
        draft.pop("own", None)
        return draft
    kept = _found(_pinned(reference, draft.get("own")), folder, "dataset")
    if "preset" in body and "layers" not in body:
        draft = suited(draft, kept.info)
    return {**draft, "dataset": kept.reference, "own": told_in_recipe(kept)}


def found_dataset(name: str, folder: Path) -> tuple[DatasetInfo, KeptPictures | None]:
    """Finds a data set as a path names it: one that comes with the program, or `flowers`,
    `own:flowers` or `own:flowers@digest`.

    Raises:
        Problem: 404 there is none.
    """
    if name in DATASETS:
        return DATASETS[name], None
    kept = kept_for(folder, own_reference(name) or OwnReference(name, None))
    if kept is None:
        there = [*DATASETS, *(one.reference for one in all_kept(folder))]
        message = f"There is no such data set; there are {', '.join(there)[:400]}."
        raise Problem(404, "dataset_unknown", message, field="name")
    return kept.info, kept


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


def _found(reference: OwnReference, folder: Path, field: str) -> KeptPictures:
    kept = kept_for(folder, reference)
    if kept is not None:
        return kept
    others = all_kept(folder)
    if any(one.name == reference.name for one in others):
        message = (
            f"Other pictures are called {reference.name} now. To train on those, say "
            f"own:{reference.name}, without a digest; or add the earlier ones again."
        )
        raise Problem(422, "dataset_changed", message, field=field)
    there = (
        f"there are {', '.join(one.reference for one in others)}" if others else "there are none"
    )
    message = f"There are no pictures called {reference.name} here; {there[:400]}."
    raise Problem(422, "dataset_unknown", message, field=field)
