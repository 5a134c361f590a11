"""Data sets of one's own: what is known of each, and where it lies. It loads no picture.

Each has a folder named after its digest within `pictures/`, beside the database: `images.npy`
(pictures, height, width, channels; training set first), `labels.npy` (pictures,) and `about.json`.
"""

import hashlib
import json
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

from .private_files import make_private_folder
from .vocabulary.datasets import DatasetInfo
from .vocabulary.own_pictures import DIGEST_SHOWN, OWN, OwnReference

PICTURES: Final = "pictures"
ABOUT: Final = "about.json"
IMAGES: Final = "images.npy"
LABELS: Final = "labels.npy"
LONGEST_NAME: Final = 60


class PicturesGone(ValueError):
    """A data set of one's own isn't there any more, or isn't what it was."""


class LeftOutPicture(NamedTuple):
    """A picture or file that isn't in the data set, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class KeptPictures:
    """What is known of a data set of one's own.

    Attributes:
        digest: of its pixels, labels, classes and split: the same digest is the same data.
        shape: height, width and channels of a picture.
        train_counts, test_counts: pictures of each class.
        mean: of each channel of the training set, as a fraction of 255.
        std: the one standard deviation about it, likewise.
        origin: what the file or folder was called.
        fit: `crop` or `pad`.
        background: what pads, and lies under what is transparent: `white` or `black`.
        understood: sentences on what was made of the source.
        left_out: the first of `left_out_count`.
        hidden: how many files of the system's own were passed over.
        added_at: the time in ISO 8601.
    """

    name: str
    digest: str
    shape: tuple[int, int, int]
    class_names: tuple[str, ...]
    train_counts: tuple[int, ...]
    test_counts: tuple[int, ...]
    mean: tuple[float, ...]
    std: float
    origin: str
    fit: str
    background: str
    understood: tuple[str, ...]
    left_out: tuple[LeftOutPicture, ...]
    left_out_count: int
    hidden: int
    added_at: str

    @property
    def reference(self) -> str:
        """What a recipe names it by."""
        return f"{OWN}{self.name}@{self.digest[:DIGEST_SHOWN]}"

    @property
    def info(self) -> DatasetInfo:
        """The same as of a data set that comes with the program."""
        return DatasetInfo(
            name=self.reference,
            title=self.name,
            sentence=f"Pictures of your own, from {self.origin}.",
            shape=self.shape,
            class_names=self.class_names,
            train_size=sum(self.train_counts),
            test_size=sum(self.test_counts),
            source=self.origin,
            licence="as you have it",
        )

    def written(self) -> str:
        """Gives what `about.json` holds."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Reads what is known of the data set in `folder`.

        Raises:
            OSError, ValueError: it isn't there, or isn't what was written.
        """
        told: dict[str, Any] = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        try:
            told["left_out"] = tuple(LeftOutPicture(*one) for one in told["left_out"])
            for field in ("shape", "class_names", "train_counts", "test_counts", "mean"):
                told[field] = tuple(told[field])
            told["understood"] = tuple(told["understood"])
            return cls(**told)
        except (KeyError, TypeError, AttributeError) as problem:
            raise ValueError(f"{folder / ABOUT} isn't what was written: {problem}") from None


def pictures_folder(cache_folder: Path) -> Path:
    """Returns where data sets of one's own lie: beside the cache, for it can't be made anew."""
    return cache_folder.parent / PICTURES


def all_kept(folder: Path) -> list[KeptPictures]:
    """Lists every data set in `folder` by name; one that can't be read is left out."""
    return sorted(_readable(folder), key=lambda kept: kept.name.casefold())


def kept_as(folder: Path, name: str) -> KeptPictures | None:
    """Finds the data set of that name."""
    return next((kept for kept in all_kept(folder) if kept.name == name), None)


def kept_for(folder: Path, reference: OwnReference) -> KeptPictures | None:
    """Finds the data set that is meant: by its digest where that is said, else by its name."""
    if reference.digest is None:
        return kept_as(folder, reference.name)
    digest = reference.digest
    return next((kept for kept in all_kept(folder) if kept.digest.startswith(digest)), None)


def digest_of(folder: Path, class_names: tuple[str, ...], train_size: int) -> str:
    """Computes the digest of the data set in `folder`, of its files as they lie there.

    Raises:
        OSError: they can't be read.
    """
    said = json.dumps([1, list(class_names), train_size], ensure_ascii=False).encode()
    digest = hashlib.sha256(said)
    for name in (IMAGES, LABELS):
        with (folder / name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def remove(folder: Path, kept: KeptPictures) -> None:
    """Deletes a data set. Raises OSError."""
    place = folder / kept.digest[:DIGEST_SHOWN]
    hidden = place.with_name(f".gone-{place.name}")  # at once, for whoever lists them meanwhile
    place.rename(hidden)
    shutil.rmtree(hidden)


def copied_pictures(folder: Path, new: Path) -> list[KeptPictures]:
    """Copies all data sets into another folder, and lists them; damage shows when they are used.

    Raises:
        OSError: they can't be read, or the disk is full.
    """
    kept = all_kept(folder)
    for one in kept:
        name = one.digest[:DIGEST_SHOWN]
        make_private_folder(new)
        shutil.copytree(folder / name, new / name)
    return kept


def usable_name(text: str) -> str:
    """Returns the name as it is kept.

    Raises:
        ValueError: in words, why nothing can be called so.
    """
    name = unicodedata.normalize("NFC", text).strip()
    if not name:
        raise ValueError("a data set needs a name of at least one visible character")
    if len(name) > LONGEST_NAME:
        message = f"the name has {len(name)} characters; at most {LONGEST_NAME} are possible"
        raise ValueError(message)
    if not name.isprintable() or any(mark in name for mark in "/\\@"):
        raise ValueError("the name can't hold /, \\, @ or control characters")
    if name[0] == "." or name.startswith(OWN):
        raise ValueError(f"the name can't begin with a dot or with {OWN}")
    return name


def _readable(folder: Path) -> Iterator[KeptPictures]:
    if not folder.is_dir():
        return
    for place in folder.iterdir():
        if not place.name.startswith(".") and place.is_dir():
            try:
                yield KeptPictures.read(place)
            except (OSError, ValueError):
                continue
