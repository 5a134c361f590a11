"""From a file or folder of somebody's to a data set that is kept."""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..kept_pictures import KeptPictures, all_kept, digest_of
from ..private_files import unfinished
from .decoding import Fitting
from .figures import figures_of_rows
from .folder_source import open_folder
from .found import Passed, PictureSource
from .heap import Heap
from .npz_source import is_npz, open_npz
from .request import FEWEST_CLASSES, GatherRequest, NotGathered, PicturesWanted
from .splitting import is_for_testing
from .writing import keep, write_arrays
from .zip_source import open_zip, opened_zip

Progress = Callable[[int, int, str], None]
_USUAL_SIZE = 32


def gather(request: GatherRequest, progress: Progress) -> KeptPictures:
    """Makes a data set of the pictures at a path, and keeps it.

    Args:
        progress: is told how many pictures of how many were looked at, and which one is next.

    Raises:
        NotGathered: there is none to be made of it, or it is there already.
        OSError: the disk is full, or the folder can't be written.
    """
    passed = Passed()
    with ExitStack() as opened:
        source, fitting = _opened(request.path, request.wanted, passed, opened)
        place = opened.enter_context(unfinished(request.folder))
        heap = opened.enter_context(Heap(place / "heap", fitting.size, passed))
        for index, found in enumerate(source.pictures):
            progress(index, source.most, found.name)
            heap.add(found)
        progress(source.most, source.most, "")
        kept = _written(place, heap, request, fitting, source.understood, passed)
        _check_new(kept, request.folder)
        (place / "heap").unlink()
        keep(place, kept, request.folder)
    return kept


def _opened(
    path: Path, wanted: PicturesWanted, passed: Passed, opened: ExitStack
) -> tuple[PictureSource, Fitting]:
    """Finds out what the source is, by its content; what is opened for it goes with `opened`."""
    fitting = Fitting(wanted.size or _USUAL_SIZE, wanted.fit, wanted.background)
    if path.is_dir():
        return open_folder(path, fitting, passed), fitting
    with path.open("rb") as file:
        head = file.read(4)
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        message = "it is neither a folder, nor a zip, nor an .npz: put pictures into a folder for "
        raise NotGathered(f"{message}each class, and zip those", "file")
    archive = opened.enter_context(opened_zip(path))
    if is_npz(archive):
        return open_npz(archive, wanted.size, fitting)
    return open_zip(archive, fitting, passed), fitting


def _written(
    place: Path,
    heap: Heap,
    request: GatherRequest,
    fitting: Fitting,
    understood: list[str],
    passed: Passed,
) -> KeptPictures:
    names = _class_names(heap, passed)
    number = {name: index for index, name in enumerate(names)}
    labels = np.array([number[one.class_name] for one in heap.taken], np.int64)
    tests = is_for_testing(
        labels, [one.digest for one in heap.taken], [one.split for one in heap.taken]
    )
    train, test = (_counts(labels[chosen], len(names)) for chosen in (~tests, tests))
    _check_sets(names, train, test)
    channels = request.wanted.channels or (1 if heap.is_gray else 3)
    # By hash, so that it doesn't matter in which order a source has them.
    by_hash = sorted(range(len(tests)), key=lambda at: (bool(tests[at]), heap.taken[at].digest))
    write_arrays(place, heap.pictures(), np.array(by_hash), labels, channels)
    shape = (fitting.size, fitting.size, channels)
    mean, std = figures_of_rows(place, sum(train))
    return KeptPictures(
        name=request.name,
        digest=digest_of(place, names, sum(train)),
        shape=shape,
        class_names=names,
        train_counts=train,
        test_counts=test,
        mean=mean,
        std=std,
        origin=request.origin,
        fit=fitting.fit,
        background=fitting.background,
        understood=tuple(understood),
        left_out=tuple(passed.left_out),
        left_out_count=passed.count,
        hidden=passed.hidden,
        added_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _class_names(heap: Heap, passed: Passed) -> tuple[str, ...]:
    """Lists the classes, those that are numbers in the order of numbers."""
    names = {one.class_name for one in heap.taken}
    if len(names) < FEWEST_CLASSES:
        found = f"only one class, {next(iter(names))}" if names else "no picture that can be read"
        first = f" ({passed.left_out[0].name}: {passed.left_out[0].why})" if passed.count else ""
        message = f"there is {found}{first}: put pictures into a folder for each class, two or more"
        raise NotGathered(message, "file", FEWEST_CLASSES)
    return tuple(sorted(names, key=_in_order))


def _in_order(name: str) -> tuple[int, int, str, str]:
    is_number = name.isascii() and name.isdigit() and len(name) < 10
    return (0, int(name), "", name) if is_number else (1, 0, name.casefold(), name)


def _counts(labels: NDArray[np.int64], classes: int) -> tuple[int, ...]:
    counted = Counter(labels.tolist())
    return tuple(counted[label] for label in range(classes))


def _check_sets(names: tuple[str, ...], train: tuple[int, ...], test: tuple[int, ...]) -> None:
    for name, trained, tested in zip(names, train, test, strict=True):
        if trained + tested < 2:
            message = f"the class {name} has one picture: two or more are needed, one to test with"
            raise NotGathered(message, "file", 2)
        if not trained:
            raise NotGathered(f"no picture of the class {name} is for training", "file")
    if not sum(test):
        raise NotGathered("no picture is for testing", "file")


def _check_new(kept: KeptPictures, folder: Path) -> None:
    for other in all_kept(folder):
        if other.name == kept.name:
            message = f"a data set is called {kept.name} already: remove it, or take another name"
            raise NotGathered(message, "name")
        if other.digest == kept.digest:
            raise NotGathered(f"the same pictures are here already, as {other.name}", "file")
