"""Runs made up for exports: small, and the same each time."""

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from app.events import StoredArray
from app.export.material import ExportRequest, Film, Material
from app.export.render import render
from app.external.described import Described, DescribedLayer

LABELS = ("edge", "line", "blob", "flat", "structured", "noise", "dead")
STEPS = (0, 1, 3, 10, 30, 100)


def kernel_of(step: int, shape: tuple[int, ...]) -> StoredArray:
    weights = np.random.default_rng(step).normal(0, 0.1, shape).astype("<f4")
    return StoredArray("conv1/kernel", shape, weights.tobytes())


def verdicts(step: int, count: int) -> dict[str, Any]:
    labels = ["noise" if step < 3 else LABELS[number % 7] for number in range(count)]
    return {
        "step": step,
        "layer": "conv1",
        "label": labels,
        "score": [0.5] * count,
        "since": [0] * count,
        "orientation_degrees": [15.0 * number % 180 for number in range(count)],
        "coherence": [0.5] * count,
        "cycles_per_pixel": [0.125] * count,
        "template_r2": [[0.5, 0.25, 0.125, 0.0]] * count,
        "colour": [""] * count,
        "norm": [1.0] * count,
        "change": [float(step)] * count,
        "correlation": [0.5] * count,
        "layer_score": 0.5,
        "oriented": sum(label in ("edge", "line") for label in labels) / count,
        "counts": {label: labels.count(label) for label in LABELS},
        "near_duplicates": [],
    }


class HeldFrame(NamedTuple):
    """A frame with its kernel in memory."""

    step: int
    verdicts: dict[str, Any] | None
    kernel: StoredArray


def film_of(
    shape: tuple[int, ...] = (5, 5, 1, 8), steps: Sequence[int] = STEPS, *, judged: bool = True
) -> Film:
    frames = [
        HeldFrame(step, verdicts(step, shape[3]) if judged else None, kernel_of(step, shape))
        for step in steps
    ]
    return Film("conv1", tuple(frames))


def material_of(*films: Film, **run: Any) -> Material:
    recipe = {"dataset": "mnist", "pixels": "natural", "labels": "true", "seed": 0, "layers": []}
    told = {"id": "r1", "name": "Strokes", "preset": "mnist-strokes", "status": "finished"}
    evaluations = {"step": [0, 100], "validation_loss": [2.3, 0.4], "validation_accuracy": None}
    described = Described(
        name=run.get("name", told["name"]),
        source="own",
        layers=(DescribedLayer(name="conv1", title="conv1", kind="conv2d", shape=(5, 5, 1, 8)),),
        objective="classify",
        controls=run.pop("controls", ()),
        seed=run.pop("seed", 0),
        class_names=tuple("0123456789"),
    )
    return Material(
        run=told | {"recipe": recipe, "step": 100, "total_steps": 100, **run},
        described=described,
        preset={"name": "mnist-strokes", "title": "Strokes", "sentence": "S.", "doubt": "D."},
        dataset={"title": "MNIST", "sentence": "Digits.", "source": "L", "licence": "CC"},
        films=films or (film_of(),),
        curves={"step": [1, 2], "loss": [2.0, 1.0], "accuracy": None, "evaluations": evaluations},
        write_curves=lambda file, _style: file.write(b"step,loss\n1,2.0\n2,1.0\n"),
        version="0.1.0",
    )


def rendered(material: Material, wanted: ExportRequest) -> bytes:
    """The content of the file."""
    file = io.BytesIO()
    render(file, material, wanted)
    return file.getvalue()
