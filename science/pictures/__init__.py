"""The study's pictures, drawn from its figures alone."""

from typing import Any

from science.experiments import WHOLE_PRESETS
from science.pictures.chance import false_positives, smooth_noise
from science.pictures.levers import controls, weight_decay
from science.pictures.separation import separation
from science.pictures.training import training


def draw(figures: dict[str, Any]) -> dict[str, str]:
    """Draws every picture, file name → SVG."""
    runs = figures["runs"]
    return {
        "two-questions.svg": separation(figures["separation"]),
        "false-positives.svg": false_positives(figures["fresh"]),
        "smooth-noise.svg": smooth_noise(figures["smooth"]),
        **{f"{name}.svg": training(name, runs[name]) for name in (*WHOLE_PRESETS, "keras-mnist")},
        "controls.svg": controls(runs),
        "weight-decay.svg": weight_decay(runs),
    }
