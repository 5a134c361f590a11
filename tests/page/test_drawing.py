"""Charts of the page and of exports are one drawing: the same marks for the same data.

`python -m tests.page.test_drawing` writes the marks anew, as exports draw them now.
"""

import json
import random
from typing import Any

import pytest

from app.export.charts import chart
from app.export.charts.bands import BANDS
from app.export.charts.drawing import Area, Drawing, Line
from app.export.lettering import CONTROL, INK, INK3, LINE, PAPER
from app.export.material import ExportRequest, Material, View
from tests.contracts.repository import ROOT
from tests.export.samples import material_of
from tests.page.node import asked

GOLDEN = ROOT / "tests" / "golden" / "charts.json"
WIDTH = 640  # one design pixel is one pixel
# The page's tokens in its light theme, which exports have.
COLOURS = {"surface": PAPER, "line": LINE, "control": CONTROL, "ink3": INK3, "ink": INK} | {
    "line-label" if label == "line" else label: colour for label, (colour, _) in BANDS.items()
}
CASES: tuple[tuple[str, View, int], ...] = (
    ("labels", "labels", 100),
    ("accuracy", "accuracy", 400),
    ("loss", "loss", 9375),
    ("high-loss", "loss", 100),
    ("long", "accuracy", 1_000_000),
)
DRAW = """
    (async () => {
        const beside = (name) => import(new URL(name, process.argv[1]));
        const { curveChart } = await beside("curves.js");
        const { sharesChart } = await beside("shares.js");
        return a.map(({ view, told, frame }) => {
            const { shapes, words } = m.drawingOf(
                view === "labels" ? sharesChart(told.frames, told.total) : curveChart(view, told),
                frame,
            );
            return { shapes, words };
        });
    })()
"""


def material(name: str, total: int) -> Material:
    """A made-up run of so many steps, told at some of them."""
    rng = random.Random(name)
    steps = sorted({1, 2, 3, total, *(rng.randint(1, total) for _ in range(60))})
    high = 40.0 if name == "high-loss" else 2.3
    tried = [0, 10, total]
    run = material_of()
    curves = {
        "step": steps,
        "loss": [round(high / (1 + at / 9) + rng.random() / 5, 6) for at in range(len(steps))],
        "accuracy": [round(rng.random(), 6) for _ in steps],
        "evaluations": {
            "step": tried,
            "validation_loss": [high, high / 2, 0.25],
            "validation_accuracy": [0.125, 0.5, 0.875],
        },
    }
    return run._replace(curves=curves, run=run.run | {"total_steps": total})


def told(view: View, made: Material) -> dict[str, Any]:
    """The same run as the page's charts take it."""
    total = made.run["total_steps"]
    if view == "labels":
        frames = [
            {"step": one.step, "verdicts": one.verdicts, "kernel": {"shape": one.kernel.shape}}
            for one in made.films[0].frames
        ]
        return {"frames": frames, "total": total}
    tried = made.curves["evaluations"]
    evaluations = {
        "step": tried["step"],
        "loss": tried["validation_loss"],
        "accuracy": tried["validation_accuracy"],
    }
    curve = {name: made.curves[name] for name in ("step", "loss", "accuracy")}
    training = asked("state/training.js", BINNED, curve)
    return {"training": training, "evaluations": evaluations, "total": total, "classes": 10}


BINNED = "m.extendTraining(m.emptyTraining(), a.step, a.loss, a.accuracy)"


def marks(drawing: Drawing) -> dict[str, Any]:
    """Its shapes, and the numbers along its axes, as the page names them."""
    axis = [words for words in drawing.words if _is_number(words.text)]
    return {
        "shapes": [_mark(shape) for shape in drawing.shapes if len(shape.points) > 1],
        "numbers": [
            {"place": _rounded(words.place), "text": words.text, "anchor": words.anchor}
            for words in axis
        ],
    }


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


def _mark(shape: Area | Line) -> dict[str, Any]:
    points = [_rounded(point) for point in shape.points]
    told = {"points": points, "paint": shape.colour}
    if isinstance(shape, Area):
        return {"kind": "area", **told}
    dash = {"dash": [shape.width, 2 * shape.width]} if shape.dotted else {}
    return {"kind": "line", **told, "width": shape.width, **dash}


def _rounded(point: Any) -> list[float]:
    return [round(number, 3) for number in point]


def frame_of(drawing: Drawing) -> dict[str, float]:
    """Where the axes of a drawing lie: told by its upright axis, and by the last step's number."""
    (left, floor), (_, ceiling) = next(
        shape.points
        for shape in drawing.shapes
        if len(shape.points) == 2 and shape.points[0][0] == shape.points[1][0]
    )
    right = max(words.place[0] for words in drawing.words if _is_number(words.text))
    size = {"width": drawing.width, "height": drawing.height}
    return {**size, "left": left, "right": right, "ceiling": ceiling, "floor": floor}


def as_exported() -> dict[str, Any]:
    """What exports draw: for each case where its axes lie, and its marks."""
    drawings = {
        name: chart(material(name, total), ExportRequest("svg", view=view, width=WIDTH))
        for name, view, total in CASES
    }
    return {name: {"frame": frame_of(one), **marks(one)} for name, one in drawings.items()}


@pytest.fixture(scope="module")
def golden() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(GOLDEN.read_text())
    return found


def test_exports_draw_the_marks_that_were_written_down(golden: dict[str, Any]) -> None:
    assert as_exported() == golden


def test_the_page_draws_the_same_marks(golden: dict[str, Any]) -> None:
    wanted = [
        {"view": view, "told": told(view, material(name, total)), "frame": golden[name]["frame"]}
        for name, view, total in CASES
    ]
    drawings = asked("charts/drawing.js", DRAW, wanted)
    for (name, _, _), drawn in zip(CASES, drawings, strict=True):
        shapes = [
            {part: told for part, told in shape.items() if part != "name"}
            | {"paint": COLOURS[shape["paint"]]}
            for shape in drawn["shapes"]
        ]
        assert _differs(shapes, golden[name]["shapes"]) is None, name
        numbers = [
            {part: words[part] for part in ("place", "text", "anchor")}
            for words in drawn["words"]
            if _is_number(words["text"])
        ]
        assert _differs(numbers, golden[name]["numbers"]) is None, name


def test_a_chart_tells_the_nearest_step_and_each_curve_that_comes_as_near() -> None:
    told = asked(
        "charts/reading.js",
        """
        (async () => {
            const { Axes } = await import(new URL("axes.js", process.argv[1]));
            const frame = { left: 0, right: 100, ceiling: 0, floor: 100 };
            const axes = new Axes(frame, 400, 1);
            const near = (step, name) => ({ step, say: (at) => `${name} at ${step[at]}` });
            const chart = { series: [near([0, 3, 10], "few"), near([0, 30, 100, 400], "more")] };
            return a.map((step) => m.readingAt(chart, axes, axes.x(step)));
        })()
        """,
        [0, 90, 380, 1],
    )
    assert told[0] == {"step": 0, "rows": ["more at 0", "few at 0"]}
    assert told[1] == {"step": 100, "rows": ["more at 100"]}
    assert told[2] == {"step": 400, "rows": ["more at 400"]}
    assert told[3]["step"] == 0


def _differs(one: Any, other: Any) -> Any:
    """The first two parts that aren't the same, numbers to a thousandth; None if all are."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        pairs = [(one[key], other[key]) for key in one]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = list(zip(one, other, strict=True))
    elif isinstance(one, int | float) and isinstance(other, int | float):
        return None if abs(one - other) <= 2e-3 else (one, other)
    else:
        return None if one == other else (one, other)
    return next((found for pair in pairs if (found := _differs(*pair)) is not None), None)


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(as_exported(), separators=(",", ":")) + "\n")
