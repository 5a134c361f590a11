"""Steps and epochs out of the names of checkpoints, as the usual programs write them."""

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Literal, NamedTuple

Unit = Literal["step", "epoch", "number"]
_UNITS: tuple[Unit, ...] = ("step", "epoch", "number")  # what is believed first

_LARGEST = 2**53
_GAP = r"[\s_=.:-]*"
_STEP = re.compile(rf"(?:step|iteration|iter|update)s?{_GAP}(\d+)(?![\d.]*\d)", re.IGNORECASE)
_EPOCH = re.compile(rf"(?:epochs?|(?<![a-z0-9])ep?){_GAP}(\d+)(?![a-z]|\.\d)", re.IGNORECASE)
# What is no step although it is a number: 0.35, 1e-3, 3-of-7, 224x224, acc=97, v2, fp16, and the
# digits that tell what a file holds, as in resnet50-19c8e357.
_OTHER = re.compile(
    r"\d+[-_]of[-_]\d+|\d+x\d+|-?\d+\.\d+(?:e[+-]?\d+)?|\d+e[+-]?\d+|-(?=[0-9a-f]*[a-f])[0-9a-f]{8}"
    r"|(?<![a-z])(?:(?:val|train|test|best)[-_]?)?"
    r"(?:acc|accuracy|loss|error|auc|f1|m?ap|m?iou|psnr|ssim|fid|top|score|metric"
    rf"|lr|bs|batch|size|seed|fold|run|rank|width|depth|fp|bf|int|v){_GAP}-?\d+(?:\.\d+)?(?:e-?\d+)?",
    re.IGNORECASE,
)
# A number by itself, or behind a word that checkpoints begin with; resnet50 and conv1 are names.
_NUMBER = re.compile(
    r"(?<![a-z0-9])(\d+)(?![a-z0-9])"
    r"|(?<![a-z])(?:ckpt|checkpoint|model|weights?|snapshot|state|save|net)(\d+)(?![a-z0-9])",
    re.IGNORECASE,
)
_CHECKPOINT = re.compile("checkpoint|ckpt", re.IGNORECASE)
_SUFFIXES = re.compile(
    r"(\.(weights|keras|h5|hdf5|pt|pth|ckpt|bin|safetensors|onnx|npz|pkl|tar|ema))+$", re.IGNORECASE
)


class NamedStep(NamedTuple):
    """A step that a name tells, and how surely: it says step or epoch, or holds a number alone."""

    step: int
    unit: Unit


class Numbered(NamedTuple):
    """Steps of several files.

    Attributes:
        steps: one for each file; None where its name tells none of the kind that the others tell.
        unit: what they are; None where names tell nothing and the files were counted.
    """

    steps: tuple[int | None, ...]
    unit: Unit | None


def steps_in(name: str) -> dict[Unit, int]:
    """Finds what the name of a file, and of the folders that it lies in, tells of steps.

    What is nearer to the file is believed first. Metrics, sizes and versions are no steps.

    >>> steps_in("weights.05-0.35.h5"), steps_in("checkpoint-500/model.safetensors")
    ({'number': 5}, {'number': 500})
    >>> steps_in("epoch=3-step=1200.ckpt")
    {'step': 1200, 'epoch': 3}
    """
    found: dict[Unit, int] = {}
    for part in reversed(PurePath(name).parts):
        for unit, step in _steps_of(_SUFFIXES.sub("", part)).items():
            found.setdefault(unit, step)
    return found


def numbered(names: Sequence[str]) -> Numbered:
    """Tells the steps of files that lie together, all of them of one unit.

    A step counts before an epoch, and an epoch before a number, if half of the names tell it. A
    number counts only where it isn't the same in all names. Where none of this holds, files are
    counted in the order of their names, from 1. Of a file by itself a number counts only where its
    name says checkpoint: others hold versions.
    """
    told = [steps_in(name) for name in names]
    if len(names) == 1 and not _CHECKPOINT.search(names[0]):
        told[0].pop("number", None)
    for unit in _UNITS:
        steps = tuple(one.get(unit) for one in told)
        there = [step for step in steps if step is not None]
        is_told_by_most = 2 * len(there) >= len(names) and there
        if is_told_by_most and (len(set(there)) > 1 or len(names) == 1):
            return Numbered(steps, unit)
    if len(names) == 1:
        return Numbered((None,), None)
    order = sorted(range(len(names)), key=lambda place: natural(names[place]))
    return Numbered(tuple(order.index(place) + 1 for place in range(len(names))), None)


def natural(name: str) -> list[tuple[int, int, str]]:
    """Gives what to sort names by so that `conv10` comes after `conv2`."""
    parts = re.findall(r"\d+|\D+", name)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part.lower()) for part in parts]


def _steps_of(part: str) -> dict[Unit, int]:
    found: dict[Unit, int] = {}
    if match := _STEP.search(part):
        _keep(found, "step", match[1])
    if match := _EPOCH.search(part):
        _keep(found, "epoch", match[1])
    rest = _OTHER.sub(" ", _EPOCH.sub(" ", _STEP.sub(" ", part)))
    if numbers := [one or two for one, two in _NUMBER.findall(rest)]:
        _keep(found, "number", numbers[-1])
    return found


def _keep(found: dict[Unit, int], unit: Unit, digits: str) -> None:
    if len(digits) <= 16 and (step := int(digits)) <= _LARGEST:
        found[unit] = step
