"""Pictures to be gathered, and the gathering itself in this process."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.gathering.gathering import gather
from app.gathering.request import GatherRequest, NotGathered, PicturesWanted
from app.kept_pictures import KeptPictures

Pixels = NDArray[np.uint8]


def pixels(seed: int, height: int = 32, width: int = 32) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def encoded(image: Image.Image | Pixels, kind: str = "PNG", **more: Any) -> bytes:
    opened = image if isinstance(image, Image.Image) else Image.fromarray(image)
    file = io.BytesIO()
    opened.save(file, kind, **more)
    return file.getvalue()


def two_classes(each: int = 6, size: int = 32) -> dict[str, bytes]:
    """Files of two classes, every picture another."""
    return {
        f"{name}/{place}.png": encoded(pixels(100 * number + place, size, size))
        for number, name in enumerate(("cats", "dogs"))
        for place in range(each)
    }


def as_folder(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def as_zip(path: Path, files: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def gathered(path: Path, folder: Path, name: str = "own", **wanted: Any) -> KeptPictures:
    """Makes a data set in `folder`, as the process aside does."""
    request = GatherRequest(path, path.name, name, PicturesWanted(**wanted), folder)
    return gather(request, lambda _done, _total, _name: None)


def refusal(path: Path, folder: Path, **wanted: Any) -> str:
    """Says why there is no data set of it; nothing of it is left in `folder`."""
    try:
        kept = gathered(path, folder, **wanted)
    except NotGathered as why:
        assert not folder.exists() or not list(folder.iterdir())
        return why.message
    raise AssertionError(f"{kept.name} was made of it")


def images_of(kept: KeptPictures, folder: Path) -> tuple[Pixels, list[str]]:
    """All pictures, training set first, and the class of each."""
    place = folder / kept.digest[:16]
    labels = np.load(place / "labels.npy")
    return np.load(place / "images.npy"), [kept.class_names[label] for label in labels]
