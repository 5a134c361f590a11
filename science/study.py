"""The whole study, measured in a few processes; its figures are the same however many."""

import platform
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from app import __version__
from science import chance
from science.added import ADDED_SIZES, added_noise
from science.courses import Course, course_of, gather
from science.experiments import EXPERIMENTS
from science.separation import CASES, separation

Figures = dict[str, Any]


def measure(processes: int, cache_folder: Path, tell: Callable[[str], None]) -> Figures:
    """Measures all figures of the study; `tell` hears of each part that is done."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        trainings = {
            name: [pool.submit(course_of, request, cache_folder) for request in asked.requests()]
            for name, asked in EXPERIMENTS.items()
        }
        chances = _submit_chance(pool)
        courses = {name: _results(name, futures, tell) for name, futures in trainings.items()}
        found = {name: _results(name, futures, tell) for name, futures in chances.items()}
    return {
        "made_with": _versions(),
        **found,
        "separation": {preset: separation(preset, courses[preset]) for preset in CASES},
        "runs": {name: gather(EXPERIMENTS[name].seeds, courses[name]) for name in courses},
    }


def measure_only(
    words: str, known: Figures, processes: int, cache_folder: Path, tell: Callable[[str], None]
) -> Figures:
    """Measures the experiments whose names hold `words` anew; the other figures stay as known.

    Raises:
        ValueError: no experiment is called so.
    """
    asked = {name: each for name, each in EXPERIMENTS.items() if words in name}
    if not asked:
        raise ValueError(
            f"no experiment's name holds {words!r}; there are {', '.join(EXPERIMENTS)}"
        )
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        trainings = {
            name: [pool.submit(course_of, request, cache_folder) for request in each.requests()]
            for name, each in asked.items()
        }
        courses = {name: _results(name, futures, tell) for name, futures in trainings.items()}
    anew = {name: gather(asked[name].seeds, found) for name, found in courses.items()}
    runs = {**known["runs"], **anew}
    return {**known, "runs": {name: runs[name] for name in EXPERIMENTS if name in runs}}


def _submit_chance(pool: ProcessPoolExecutor) -> dict[str, list[Future[dict[str, Any]]]]:
    shapes = [(size, channels) for channels in chance.CHANNELS for size in chance.SIZES]
    smooth = [(size, channels) for channels in chance.CHANNELS for size in chance.SMOOTH_SIZES]
    added = [(size, channels) for channels in chance.CHANNELS for size in ADDED_SIZES]
    return {
        "null": [pool.submit(chance.null, *shape) for shape in shapes],
        "fresh": [
            pool.submit(chance.fresh, *shape, initializer)
            for shape in shapes
            for initializer in chance.INITIALIZERS
        ],
        "planes": [pool.submit(chance.planes, size) for size in chance.SIZES],
        "added": [pool.submit(added_noise, *shape) for shape in added],
        "smooth": [pool.submit(chance.smooth, *shape) for shape in smooth],
    }


def _results(name: str, futures: list[Future[Any]], tell: Callable[[str], None]) -> list[Any]:
    results = [future.result() for future in futures]
    ends = [course.score[-1] for course in results if isinstance(course, Course)]
    tell(f"{name}: {len(results)} done" + (f", score {np.mean(ends):.3f}" if ends else ""))
    return results


def _versions() -> dict[str, str]:
    return {
        "filterscope": __version__,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "machine": f"{platform.system()} {platform.machine()}",
    }
