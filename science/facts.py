"""The numbers in the prose of docs/science.md: name → text, all of them from the figures."""

from typing import Any

import numpy as np

from app.analysis.null import KERNELS
from science import additions, own_filters, rates, reference, small_kernels, tables
from science.chance import BLURS, FRESH_KERNELS, INITIALIZERS, SIZES, SMOOTH_BLUR, SMOOTH_KERNELS
from science.experiments import CONTROLLED, EXPANDED, EXPERIMENTS, SEEDS, SPOILED
from science.words import decimal, expected, percent, percents, place, spread

Figures = dict[str, Any]


def facts_of(figures: Figures) -> dict[str, str]:
    """Returns everything that the template names."""
    return {
        **_tables(figures),
        **_chance(figures),
        **_controls(figures["runs"]),
        **_trainings(figures["runs"]),
        **small_kernels.training(figures["runs"]),
        **small_kernels.planes(figures),
        **own_filters.facts(figures["runs"]),
        **additions.facts(figures),
        **_making(figures),
    }


def _tables(figures: Figures) -> dict[str, str]:
    runs = figures["runs"]
    return {
        "presets_table": tables.presets(runs),
        "courses_table": tables.courses(runs),
        "data_table": tables.other_data(runs["dead-leaves, other data"]),
        "controls_table": tables.controls(runs),
        "expanded_table": tables.expanded(runs),
        "decay_table": tables.decay(runs),
        "own_table": own_filters.accuracies(runs),
        "small_table": tables.small_kernels(runs),
        "fresh_table": tables.fresh(figures["fresh"]),
        "smooth_table": tables.smooth(figures["smooth"]),
        "null_table": tables.null(figures["null"]),
        "rates_table": rates.table(),
    }


def _chance(figures: Figures) -> dict[str, str]:
    fresh, smooth = figures["fresh"], figures["smooth"]
    oriented = max(row["shares"]["edge"] + row["shares"]["line"] for row in fresh)
    named = [1 - row["shares"]["noise"] for row in fresh]
    null_blur = BLURS.index(SMOOTH_BLUR)
    fitting = [row["fitting"][null_blur] for row in smooth]
    smoothest = [row["oriented"][-1] for row in smooth]
    areas = [case["auc"] for case in figures["separation"].values()]
    return {
        "null_kernels": f"{KERNELS:,}",
        "fresh_kernels": f"{FRESH_KERNELS:,}",
        "fresh_cells": str(len(fresh)),
        "fresh_oriented": percent(oriented, 2),
        "fresh_bound": percent(reference.FRESH_ORIENTED),
        "fresh_holds": "holds" if oriented <= reference.FRESH_ORIENTED else "**does not hold**",
        "fresh_named": percents(min(named), max(named)),
        "fresh_named_reference": percents(*reference.FRESH_NAMED),
        "fresh_score_3": decimal(_worst_score(fresh, 3)),
        "fresh_score_7": decimal(max(_worst_score(fresh, size) for size in SIZES if size >= 7), 4),
        "smooth_kernels": f"{SMOOTH_KERNELS:,}",
        "smooth_blur": decimal(SMOOTH_BLUR, 2),
        "smooth_fitting": percents(min(fitting), max(fitting)),
        "smooth_fitting_reference": percents(*reference.SMOOTH_FITTING),
        "smooth_oriented": percent(max(row["oriented"][null_blur] for row in smooth)),
        "smoothest_blur": decimal(BLURS[-1], 2),
        "smoothest_oriented": percents(min(smoothest), max(smoothest)),
        "auc": " and ".join(map(decimal, areas)),
        "auc_reference": " to ".join(f"{area:.2f}" for area in reference.COHERENCE_AUC),
    }


def _controls(runs: dict[str, Any]) -> dict[str, str]:
    names = [f"{preset}, {words}" for preset in CONTROLLED for words in SPOILED]
    ends = [course[-1] for name in names for course in runs[name]["oriented"]]
    scores = [course[-1] for name in names for course in runs[name]["score"]]
    shuffled = runs["mnist-strokes, shuffled pixels"]["accuracy"]
    some = f"at most {percent(max(ends))} of a layer's filters were"
    early = {name: runs[name]["step"].index(10) for name in names}
    called = [
        run["label"]["flat"][early[name]] + run["label"]["blob"][early[name]]
        for name, run in runs.items()
        if name in early
    ]
    return {
        "control_presets": " and ".join(f"`{preset}`" for preset in CONTROLLED),
        "control_runs": str(len(ends)),
        "control_oriented": "not one filter was" if max(ends) == 0 else some,
        "control_score": decimal(max(scores)),
        "control_score_reference": decimal(reference.RANDOM_LABELS_SCORE),
        "shuffled_accuracy": decimal(float(np.mean(shuffled))),
        "shuffled_accuracy_reference": decimal(reference.SHUFFLED_MNIST_ACCURACY),
        "control_early": percent(max(called)),
    }


def _trainings(runs: dict[str, Any]) -> dict[str, str]:
    draws = runs["dead-leaves, other data"]
    outside = [
        f"`{preset}` ({measure})"
        for preset, known in reference.PRESETS.items()
        for measure, figure in known.items()
        if figure.holds(float(np.mean(tables.last(runs[preset], measure)))) is False
    ]
    with_decay, without = runs["mnist-strokes"], runs["mnist-strokes, no decay"]
    gain = np.mean(without["accuracy"]) - np.mean(with_decay["accuracy"])
    return {
        "seeds": str(len(SEEDS)),
        "outside": ", ".join(outside) or "none",
        "leaves_default": spread(runs["dead-leaves"]["accuracy"]),
        "leaves_other": spread(draws["accuracy"][1:]),  # the first is the default
        "leaves_accuracy_place": place(draws["accuracy"]),
        "leaves_score_place": place(tables.last(draws, "score")),
        "leaves_reference": expected(reference.PRESETS["dead-leaves"]["accuracy"]),
        **_strokes(runs["mnist-strokes"]["accuracy"]),
        "leaves_training": decimal(float(np.mean(runs["dead-leaves"]["train_accuracy"]))),
        "decay_score": decimal(float(np.mean(tables.last(with_decay, "score"))), 2),
        "no_decay_score": decimal(float(np.mean(tables.last(without, "score"))), 2),
        **_expanded(runs),
        "no_decay_gain": f"{gain:+.4f}",
        "no_decay_share": percent(
            float(
                np.mean(tables.last(without, "score")) / np.mean(tables.last(with_decay, "score"))
            ),
            0,
        ),
    }


def _strokes(accuracy: list[float]) -> dict[str, str]:
    known = reference.PRESETS["mnist-strokes"]["accuracy"]
    above = float(np.mean(accuracy)) - known.mean
    return {
        "strokes_accuracy": spread(accuracy),
        "strokes_range": f"{min(accuracy):.3f} to {max(accuracy):.3f}",
        "strokes_reference": expected(known),
        "strokes_above": f"{abs(above):.3f} {'above' if above > 0 else 'below'}",
        "strokes_verdict": "within" if known.holds(known.mean + above) else "more than",
    }


def _expanded(runs: dict[str, Any]) -> dict[str, str]:
    found = runs[EXPANDED[0]]["expansion"]
    means = [float(np.mean(runs[name]["expansion"]["expanded"])) for name in EXPANDED]
    return {
        "expanded_lowest": decimal(min(means), 2),
        "expanded_highest": decimal(max(means), 2),
        "expanded_correlation": spread(found["expanded"], 2),
        "expanded_first": decimal(float(np.mean(found["first"])), 2),
        "expanded_reference": decimal(reference.EXPANDED_CORRELATION, 2),
    }


def _making(figures: Figures) -> dict[str, str]:
    made = figures["made_with"]
    trained = sum(len(experiment.seeds) for experiment in EXPERIMENTS.values())
    return {
        "initializers": ", ".join(f"`{name}`" for name in INITIALIZERS),
        "all_seeds": f"{SEEDS[0]} to {SEEDS[-1]}",
        "trainings": str(trained),
        "versions": f"Filterscope {made['filterscope']}, Python {made['python']}, "
        f"NumPy {made['numpy']}, {made['machine']}",
    }


def _worst_score(fresh: list[dict[str, Any]], size: int) -> float:
    return max(float(row["score"]) for row in fresh if row["size"] == size)
