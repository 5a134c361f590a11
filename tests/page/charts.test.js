// What is written in a chart can be read: numbers and names stand apart, whatever the run and the window.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Axes } from "../../static/js/charts/axes.js";
import { boxOf, clearNames, isOver } from "../../static/js/charts/clear.js";
import { curveChart, curveSummary } from "../../static/js/charts/curves.js";
import { drawingOf, frameIn } from "../../static/js/charts/drawing.js";
import { lengthsChart, lengthsSummary } from "../../static/js/charts/lengths.js";
import { roundTicks } from "../../static/js/charts/ticks.js";

const TOTALS = [10, 60, 120, 900, 9375, 65_536, 200_001, 1_000_000];
/** Of the plot, from a phone's to a presentation's, the lowest as beside filters at 1280 × 720. */
const SIZES = [
  { width: 288, height: 64 },
  { width: 331, height: 82 },
  { width: 358, height: 120 },
  { width: 640, height: 360 },
];
/** How the share of right answers goes: learns soon, late, never, or forgets again. */
const COURSES = {
  "rises soon": (share) => 0.1 + 0.85 * Math.min(1, 2 * share),
  "rises late": (share) => 0.1 + 0.5 * share ** 4,
  "stays low": (share) => 0.1 + 0.02 * Math.sin(40 * share),
  falls: (share) => 0.9 - 0.75 * share,
};

/** Points along the axis as a run tells them. */
function curveOf(course, total) {
  const step = [...new Set(Array.from({ length: 40 }, (_, at) => Math.round(total ** (at / 39))))];
  const value = step.map((one) => course(Math.log(one) / Math.log(total)));
  return { step, accuracy: value, loss: value.map((one) => 4 * (1 - one)) };
}

/** The pairs of words that lie on each other. */
function collisions({ words }) {
  const boxes = words.map((one) => ({ ...boxOf(one), text: one.text }));
  return boxes.flatMap((one, at) =>
    boxes.slice(at + 1).flatMap((other) => (isOver(one, other) ? [`${one.text} on ${other.text}`] : [])),
  );
}

for (const [name, course] of Object.entries(COURSES))
  test(`no two words of a curve that ${name} lie on each other, nor on the line of guessing`, () => {
    for (const total of TOTALS)
      for (const size of SIZES) {
        const curve = curveOf(course, total);
        const told = { training: curve, evaluations: curve, total, classes: 10 };
        for (const quantity of ["accuracy", "loss"]) {
          const drawing = drawingOf(curveChart(quantity, told), frameIn(size));
          assert.deepEqual(collisions(drawing), [], `${quantity}, ${total} steps, ${size.width}`);
        }
        const drawing = drawingOf(curveChart("accuracy", told), frameIn(size));
        const level = drawing.shapes.find((shape) => shape.name === "level").points[0][1];
        const crossed = drawing.words.slice(-3).filter((words) => {
          const { top, bottom } = boxOf(words);
          return ["training", "new pictures"].includes(words.text) && top < level && bottom > level;
        });
        assert.deepEqual(crossed, []);
      }
  });

test("where there is room a curve still has its names", () => {
  const curve = curveOf(COURSES["rises soon"], 120);
  const chart = curveChart("accuracy", { training: curve, evaluations: curve, total: 120, classes: 10 });
  const { words } = drawingOf(chart, frameIn(SIZES[3]));
  assert.deepEqual(
    words.slice(-3).map(({ text }) => text),
    ["new pictures", "training", "guessing"],
  );
});

test("numbers along both axes stand apart from 10 to a million steps, and up to a million of length", () => {
  for (const total of TOTALS)
    for (const size of SIZES)
      for (const unit of [1, 1.5])
        for (const top of [1, 2.544, 40, 900, 123_456, 2_000_000]) {
          const axes = new Axes({ ...frameIn(size), unit, left: unit > 1 ? 68 : 34 }, total, top);
          const words = axes.numbers(roundTicks(top));
          assert.deepEqual(collisions({ words }), [], `${total} steps up to ${top} in ${size.width}`);
          assert.ok(
            words.every((one) => boxOf(one).left >= -8 * unit),
            `${top} leaves the picture`,
          );
        }
});

test("a layer’s two lengths share a chart without sharing a place", () => {
  for (const change of [0.01, 0.5, 1, 3]) {
    const health = { step: [0, 10, 60], norm: [1, 1.2, 1.4], change: [0, change / 2, change] };
    assert.deepEqual(collisions(drawingOf(lengthsChart(health, 60), frameIn(SIZES[0]))), []);
  }
});

test("a name takes its next place where the first is taken, and none where all are", () => {
  const room = { left: 0, top: 0, right: 200, bottom: 100 };
  const name = (x, y) => ({ place: [x, y], text: "name", size: 12, paint: "ink", anchor: "start" });
  const found = clearNames([[name(10, 50)], [name(12, 52), name(10, 80)], [name(11, 51)]], [], room);
  assert.deepEqual(found, [name(10, 50), name(10, 80)]);
  assert.deepEqual(clearNames([[name(190, 50)]], [], room), []);
});

test("charts of a film of epochs speak of epochs, to eye and ear", () => {
  const run = { described: { step_unit: "epoch" } };
  const curve = { step: [1, 12], accuracy: [0.1, 0.9], loss: [2, 1] };
  const told = [
    curveSummary("accuracy", curve, curve, run),
    lengthsSummary({ step: [1, 12], norm: [1, 2], change: [0, 1] }, run),
  ];
  for (const words of told) {
    assert.match(words, /at epoch 1, .* at epoch 12\./);
    assert.doesNotMatch(words, /step \d/);
  }
});
