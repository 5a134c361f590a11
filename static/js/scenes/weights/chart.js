// @ts-check
// A histogram of weights under the density they were drawn from, with the bound as two walls.

import { colour, layoutOf, nameAt } from "../../charts/theme.js";
import { fixed, grouped, placesFor } from "../../words/numbers.js";
import { densityAt, histogramOf } from "./density.js";

/** @typedef {import("./book.js").Answer} Answer */

const POINTS = 80;
const ROOM_BESIDE = 1.22;
const ROOM_ABOVE = 1.3;

/**
 * @param {Float32Array} weights
 * @param {Answer} answer
 * @param {{width: number, height: number}} size
 * @param {{wrong?: boolean}} [options]  whether the bound without the square root is drawn too
 */
export function startChart(weights, answer, size, { wrong = false } = {}) {
  const { bound } = answer;
  const { width, left, counts } = histogramOf(weights, bound);
  const wrongBound = wrong ? answer.wrongBound : null;
  const reach = Math.max(bound, -left, wrongBound ?? 0) * ROOM_BESIDE;
  const expected = (/** @type {number} */ x) => densityAt(answer, x) * weights.length * width;
  const top = Math.max(...counts, expected(0)) * ROOM_ABOVE;
  const data = [bars(counts, left, width, expected), curve(bound, expected)];
  const layout = layoutOf({ ...size, top, ticks: [0, roundBelow(top)] });
  const walls = [-bound, bound].map((x) => wall(x, colour("ink"), "solid"));
  const lines =
    wrongBound === null
      ? walls
      : [...walls, ...[-wrongBound, wrongBound].map((x) => wall(x, colour("danger"), "solid"))];
  return {
    data,
    layout: {
      ...layout,
      hovermode: "closest",
      hoverdistance: -1,
      xaxis: { ...layout.xaxis, ...ticksOf(bound), range: [-reach, reach] },
      shapes: lines,
      annotations: names(answer, top, wrongBound, reach, size.width),
    },
  };
}

/** @param {number} bound */
function ticksOf(bound) {
  const places = placesFor(bound) + 1;
  const ticks = [-bound, 0, bound];
  return { tickvals: ticks, ticktext: ticks.map((x) => fixed(x, x ? places : 0)) };
}

/**
 * @param {number[]} counts
 * @param {number} left
 * @param {number} width
 * @param {(x: number) => number} expected
 */
function bars(counts, left, width, expected) {
  const middles = counts.map((_, bin) => left + (bin + 0.5) * width);
  const places = placesFor(width) + 1;
  return {
    type: "scatter",
    mode: "lines",
    x: [middles[0] - width, ...middles, middles[middles.length - 1] + width],
    y: [0, ...counts, 0],
    line: { shape: "hvh", width: 1, color: colour("control") },
    fill: "tozeroy",
    fillcolor: colour("noise"),
    hoverinfo: "none",
    customdata: [
      "",
      ...middles.map((x) => `${fixed(x - width / 2, places)} to ${fixed(x + width / 2, places)}`),
      "",
    ],
    text: [
      "",
      ...counts.map(
        (count, bin) => `${grouped(count)} weights, ${fixed(expected(middles[bin]), 1)} expected`,
      ),
      "",
    ],
  };
}

/** @param {number} bound @param {(x: number) => number} expected */
function curve(bound, expected) {
  const x = Array.from({ length: POINTS + 1 }, (_, at) => bound * ((2 * at) / POINTS - 1));
  const ends = [-bound, bound];
  return {
    type: "scatter",
    mode: "lines",
    x: [ends[0], ...x, ends[1]],
    y: [0, ...x.map(expected), 0],
    line: { width: 2, color: colour("ink") },
    hoverinfo: "skip",
  };
}

/** @param {number} x @param {string} color @param {string} dash */
const wall = (x, color, dash) => ({
  type: "line",
  xref: "x",
  yref: "paper",
  x0: x,
  x1: x,
  y0: 0,
  y1: 1,
  line: { color, width: 1.5, dash },
});

/**
 * @param {Answer} answer
 * @param {number} top
 * @param {number | null} wrongBound
 * @param {number} reach
 * @param {number} width
 */
function names({ bound, distribution }, top, wrongBound, reach, width) {
  const high = { yanchor: "top", xanchor: "left", xshift: 3 };
  const word = distribution === "uniform" ? "L" : "cut";
  const found = [nameAt(word, bound, top, { ...high, weight: 600 })];
  if (wrongBound === null) return found;
  const clear = (Math.abs(bound - wrongBound) / (2 * reach)) * width > 70;
  return clear
    ? [...found, nameAt("without √", wrongBound, top, { ...high, color: colour("danger") })]
    : found;
}

/** The largest of 1, 2, 5, 10, … that is no more than `most`. @param {number} most */
function roundBelow(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return power * (most >= 5 * power ? 5 : most >= 2 * power ? 2 : 1);
}
