"""What becomes of a layer's filters over a training: the course of one run, and of several."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app.analysis.plane import plane_test
from app.events import EncodedEvent, streamed_kernel
from app.recipe import resolve
from app.training.data import load_dataset
from app.training.loop import Training
from app.vocabulary.labels import LABELS
from science.added import AddedCourse, added_course, gathered
from science.chance import PLANE_LEVEL
from science.expansion import Expansion, expansion

LAST_BATCHES: Final = 50
_PLACES: Final = 4


@dataclass(frozen=True)
class Course:
    """One run, from frame 0 to its end. Lists have one entry for each snapshot unless said.

    `label` holds the share of each label; `accuracy` is on the whole test set after the last
    step, `train_accuracy` on the last batches before it, both None where nothing is named.
    `change` and `correlation` compare the last snapshot with frame 0, means over the filters.
    `template_r2`, the larger share of edge and line, and `coherence` are the last snapshot's, one
    entry for each filter. `plane` counts the filters that a tilted plane explains at p < .05, at
    frame 0 and at the end; None for colour. `expansion` is None without a second conv layer.
    `added` is what training added to the filters.
    """

    step: list[int]
    score: list[float]
    oriented: list[float]
    label: dict[str, list[float]]
    accuracy: float | None
    train_accuracy: float | None
    change: float
    correlation: float
    template_r2: list[float]
    coherence: list[float]
    filters: int
    plane: tuple[int, int] | None
    expansion: Expansion | None
    added: AddedCourse


def course_of(request: dict[str, Any], cache_folder: Path) -> Course:
    """Trains the recipe that `request` describes and reads its course from the events.

    Raises:
        RuntimeError: the run failed.
    """
    recipe = resolve(request)
    dataset = load_dataset(recipe, cache_folder)
    training = Training(recipe, dataset, cache_folder)
    told = list(training.run())
    if told[-1].kind != "run_finished":
        raise RuntimeError(f"{recipe.name}, seed {recipe.seed}, ended so: {told[-1].body}")
    snapshots = _bodies(told, "snapshot")
    last = snapshots[-1]
    accuracy = [value for steps in _bodies(told, "steps") for value in steps.get("accuracy", ())]
    filters = len(last["score"])
    return Course(
        step=[snapshot["step"] for snapshot in snapshots],
        score=[snapshot["layer_score"] for snapshot in snapshots],
        oriented=[snapshot["oriented"] for snapshot in snapshots],
        label={
            label: [snapshot["counts"][label] / filters for snapshot in snapshots]
            for label in LABELS
        },
        accuracy=_bodies(told, "evaluated")[-1].get("validation_accuracy"),
        train_accuracy=float(np.mean(accuracy[-LAST_BATCHES:])) if accuracy else None,
        change=float(np.mean(last["change"])),
        correlation=float(np.mean(last["correlation"])),
        template_r2=[max(shares[:2]) for shares in last["template_r2"]],
        coherence=last["coherence"],
        filters=filters,
        plane=_explained_by_a_plane(told),
        expansion=expansion(recipe, dataset, _last_snapshot(told)),
        added=added_course(_streamed(told)),
    )


def gather(seeds: tuple[int, ...], courses: list[Course]) -> dict[str, Any]:
    """Gathers several runs of one experiment as they are written down: lists with an entry a seed.

    Of `score` and `oriented` each entry is a list over `step`; `label` has the mean over the
    seeds.
    """
    kept = ("accuracy", "train_accuracy", "change", "correlation")
    return {
        "seeds": list(seeds),
        "filters": courses[0].filters,
        "step": courses[0].step,
        "score": [_rounded(course.score) for course in courses],
        "oriented": [_rounded(course.oriented) for course in courses],
        "label": {
            label: _rounded(np.mean([course.label[label] for course in courses], axis=0).tolist())
            for label in LABELS
        },
        **{name: _rounded([getattr(course, name) for course in courses], 5) for name in kept},
        "plane": [course.plane for course in courses],
        **_expansions(courses),
        "added": gathered([course.added for course in courses]),
    }


def _expansions(courses: list[Course]) -> dict[str, Any]:
    found = [course.expansion for course in courses if course.expansion is not None]
    if not found:
        return {}
    pairs = [_rounded(list(values)) for values in zip(*found, strict=True)]
    return {"expansion": dict(zip(Expansion._fields, pairs, strict=True))}


def _last_snapshot(told: list[EncodedEvent]) -> EncodedEvent:
    return [event for event in told if event.kind == "snapshot"][-1]


def _bodies(told: list[EncodedEvent], kind: str) -> list[dict[str, Any]]:
    return [json.loads(event.body) for event in told if event.kind == kind]


def _explained_by_a_plane(told: list[EncodedEvent]) -> tuple[int, int] | None:
    frames = _streamed(told)
    if frames[0].shape[2] != 1:
        return None
    first, last = (
        int((plane_test(frame) < PLANE_LEVEL).sum()) for frame in (frames[0], frames[-1])
    )
    return first, last


def _streamed(told: list[EncodedEvent]) -> list[NDArray[np.float32]]:
    """Gives the kernels that the page shows, HWIO, of each snapshot."""
    stored = [kernel for event in told if (kernel := streamed_kernel(event)) is not None]
    return [np.frombuffer(array.data, "<f4").reshape(array.shape) for array in stored]


def _rounded(values: list[Any], places: int = _PLACES) -> list[Any]:
    return [None if value is None else round(value, places) for value in values]
