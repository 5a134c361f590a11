"""A folder of pictures, a folder for each class. Links are not followed."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from .classes import placed
from .decoding import Fitting, decoded
from .found import FoundPicture, Passed, PictureSource, Pixels, UnreadablePicture
from .request import MOST_PICTURES, NotGathered

LARGEST_FILE_BYTES = 100 * 1000**2


def open_folder(folder: Path, fitting: Fitting, passed: Passed) -> PictureSource:
    """Lists a folder's pictures in the order of their names.

    Raises:
        NotGathered: there are too many files.
    """
    paths = list(_files(folder, passed))
    understood: list[str] = []
    found = placed([path.relative_to(folder).parts for path in paths], passed, understood)
    pictures = (
        FoundPicture(
            paths[one.place].relative_to(folder).as_posix(),
            one.class_name,
            one.split,
            partial(_read, paths[one.place], fitting),
        )
        for one in found
    )
    return PictureSource(len(found), pictures, understood)


def _files(folder: Path, passed: Passed) -> Iterator[Path]:
    count = 0
    for root, folders, files in os.walk(folder):
        folders.sort()
        linked = [name for name in folders if Path(root, name).is_symlink()]
        for name in sorted([*files, *linked]):
            path = Path(root, name)
            count += 1
            if count > 2 * MOST_PICTURES:
                message = f"{folder} holds more files than {2 * MOST_PICTURES:,}"
                raise NotGathered(message, "file", MOST_PICTURES)
            if path.is_symlink():
                passed.leave_out(path.relative_to(folder).as_posix(), "it is a link")
            else:
                yield path


def _read(path: Path, fitting: Fitting) -> Pixels:
    try:
        if not path.is_file():
            raise UnreadablePicture("it is no ordinary file")
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise UnreadablePicture(f"the file has more than {LARGEST_FILE_BYTES // 1000**2} MB")
        data = path.read_bytes()
    except OSError as problem:
        raise UnreadablePicture(f"it can't be read ({problem.strerror})") from None
    return decoded(data, fitting)
