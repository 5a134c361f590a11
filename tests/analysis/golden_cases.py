"""Trained and untrained kernels with the metric's values, from an independent implementation."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.analysis import Null

_FILE = Path(__file__).parents[1] / "golden" / "edge_metric.npz"


@dataclass(frozen=True)
class GoldenCase:
    name: str
    kernels: np.ndarray
    template_r2: np.ndarray
    coherence: np.ndarray
    score: np.ndarray
    label: np.ndarray
    null: Null
    mean_score: float
    oriented: float


def golden_cases() -> list[GoldenCase]:
    with np.load(_FILE) as file:
        return [_case(file, entry) for entry in json.loads(str(file["cases"]))]


def _case(file: Any, entry: dict[str, Any]) -> GoldenCase:
    null = entry["null"]
    arrays = {
        key: file[f"{entry['name']}/{key}"]
        for key in ("template_r2", "coherence", "score", "label")
    }
    return GoldenCase(
        name=entry["name"],
        kernels=file[f"{entry['name']}/kernels_hwio"],
        null=Null(
            tuple(null["threshold_edge_line_blob_flat"]),
            null["median_oriented_r2"],
            null["median_coherence"],
            null["coherence_gate"],
        ),
        mean_score=entry["mean_score"],
        oriented=entry["oriented"],
        **arrays,
    )
