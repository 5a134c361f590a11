"""The tables of docs/science.md, in Markdown."""

from typing import Any

import numpy as np

from app.vocabulary.labels import LABELS
from science import reference
from science.chance import CHANNELS, INITIALIZERS, SIZES
from science.expansion import Expansion
from science.experiments import CONTROLLED, EXPANDED, WHOLE_PRESETS
from science.words import decimal, expected, percent, spread, table, verdict

Runs = dict[str, Any]
Row = dict[str, Any]
_MEASURES = {"accuracy": "test accuracy", "score": "edge score", "oriented": "oriented"}


def presets(runs: Runs) -> str:
    """Shows what every preset ends with, beside what the reference lets one expect."""
    rows = []
    for name in WHOLE_PRESETS:
        for measure, known in reference.PRESETS[name].items():
            ends, words = last(runs[name], measure), _MEASURES[measure]
            judged = verdict(known, float(np.mean(ends)))
            rows.append([f"`{name}`", words, spread(ends), expected(known), judged])
    return table(["preset", "", "here", "reference", ""], rows)


def courses(runs: Runs) -> str:
    """Tabulates score and oriented share on the way, beside the reference."""
    rows = []
    for name, known in reference.COURSES.items():
        steps = (*reference.COURSE_STEPS, runs[name]["step"][-1])
        for step, (score, oriented) in zip(steps, known, strict=True):
            place = runs[name]["step"].index(step)
            scores = [course[place] for course in runs[name]["score"]]
            shares = [course[place] for course in runs[name]["oriented"]]
            row = [spread(scores), decimal(score), spread(shares, 2), decimal(oriented, 2)]
            rows.append([f"`{name}`", f"{step:,}", *row])
    return table(["preset", "step", "score", "reference", "oriented", "reference"], rows)


def other_data(run: Row) -> str:
    """Tabulates dead leaves drawn anew: accuracy, score and oriented share for each data seed."""
    ends = (run["accuracy"], last(run, "score"), last(run, "oriented"))
    rows = [
        [str(seed), decimal(accuracy), decimal(score), decimal(oriented, 2)]
        for seed, accuracy, score, oriented in zip(run["seeds"], *ends, strict=True)
    ]
    return table(["seed of the data", *_MEASURES.values()], rows)


def expanded(runs: Runs) -> str:
    """Tabulates linear approximations of second layers beside what their units compute."""
    rows = []
    for name in EXPANDED:
        ways = [spread(runs[name]["expansion"][way], 2) for way in Expansion._fields]
        known = decimal(reference.EXPANDED_CORRELATION, 2) if name == EXPANDED[0] else ""
        rows.append([f"`{name}`", *ways, known])
    head = ["", "as shown: mean of a pooling's window", "first of its window", "reference"]
    return table(head, rows)


def controls(runs: Runs) -> str:
    """Presets beside themselves with shuffled pixels and with random labels."""
    rows = []
    for preset in CONTROLLED:
        for suffix in ("", ", shuffled pixels", ", random labels"):
            run = runs[preset + suffix]
            ends = [spread(last(run, measure)) for measure in _MEASURES]
            rows.append([f"`{preset}`{suffix}", *ends])
    return table(["", *_MEASURES.values()], rows)


def decay(runs: Runs) -> str:
    """Tabulates runs with and without weight decay, beside the reference's for a similar
    network.
    """
    rows = []
    names = {"mnist-strokes": "with", "mnist-strokes, no decay": "without"}
    known = zip(reference.DECAY_SCORES, reference.DECAY_ACCURACIES, strict=True)
    for (name, words), (score, accuracy) in zip(names.items(), known, strict=True):
        ends = [spread(last(runs[name], measure), 4) for measure in ("score", "accuracy")]
        rows.append([words, ends[0], decimal(score, 2), ends[1], decimal(accuracy, 4)])
    head = ["weight decay", "edge score", "reference", "test accuracy", "reference"]
    return table(head, rows)


def small_kernels(runs: Runs) -> str:
    """Shows what 3×3 kernels do under three optimisers."""
    names = {
        "keras-mnist": "Adadelta, rate 1",
        "keras-mnist, adam": "Adam, rate 0.001",
        "keras-mnist, slow": "Adadelta, rate 0.001",
    }
    rows = []
    for name, words in names.items():
        run = runs[name]
        first, plane = (
            [counts[place] / run["filters"] for counts in run["plane"]] for place in (0, 1)
        )
        changes = [spread(run[measure]) for measure in ("change", "correlation")]
        shares = [spread(values, 2) for values in (last(run, "oriented"), first, plane)]
        rows.append([words, str(run["step"][-1]), *changes, *shares, spread(run["accuracy"])])
    head = [
        "optimiser",
        "steps",
        "change",
        "correlation",
        "oriented",
        "plane at step 0",
        "at the end",
    ]
    return table([*head, "test accuracy"], rows)


def fresh(rows: list[Row]) -> str:
    """Labels of fresh kernels by size and channels, mean over the initialisers."""
    found = []
    for channels in CHANNELS:
        for size in SIZES:
            cell = [row for row in rows if (row["size"], row["channels"]) == (size, channels)]
            shares = [np.mean([row["shares"][label] for row in cell]) for label in LABELS[:5]]
            oriented = max(row["shares"]["edge"] + row["shares"]["line"] for row in cell)
            named = [percent(float(share), 2) for share in shares]
            found.append([f"{size}×{size}×{channels}", *named, percent(oriented, 2)])
    head = ["kernel", *LABELS[:5], f"edge or line, worst of {len(INITIALIZERS)}"]
    return table(head, found)


def smooth(rows: list[Row]) -> str:
    """Tabulates blurred noise that fits an edge or line, that has a direction, and that has
    both.
    """
    found = []
    for row in rows:
        for place, blur in enumerate(row["blur"]):
            shares = [percent(row[part][place]) for part in ("fitting", "coherent", "oriented")]
            found.append([f"{row['size']}×{row['size']}×{row['channels']}", f"{blur:g}", *shares])
    head = ["kernel", "blur ÷ size", "an edge or line fits", "passes the gate", "both: oriented"]
    return table(head, found)


def null(rows: list[Row]) -> str:
    """Tabulates the null by size and channel count; below it, where there is one, the
    reference's.
    """
    found = []
    for row in rows:
        size, channels = row["size"], row["channels"]
        found.append([f"{size}×{size}×{channels}", *_null_figures(row)])
        known = reference.NULLS.get((size, channels))
        if known is not None:
            figures = _null_figures(known._asdict())
            found.append(["*reference*", *(f"*{figure}*" for figure in figures)])
    head = ["kernel", "t edge", "t line", "t blob", "t flat", "m", "c̃", "gate"]
    return table(head, found)


def last(run: Row, measure: str) -> list[float]:
    """Tabulates a measure at the end of each run."""
    return [value[-1] if isinstance(value, list) else value for value in run[measure]]


def _null_figures(row: Row) -> list[str]:
    rest = [row[name] for name in ("median_oriented_r2", "median_coherence", "coherence_gate")]
    return [decimal(figure) for figure in (*row["thresholds"], *rest)]
