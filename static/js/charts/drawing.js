// @ts-check
// A chart as a list of marks: data, put into places along the axes, become lines, areas and words,
// which one painter draws on the page and into files. Colours are names of the page's tokens.

import { Axes } from "./axes.js";
import { boxOf, clearNames } from "./clear.js";

/**
 * @typedef {[number, number]} Point  in pixels
 * @typedef {{kind: "area", name: string, points: Point[], paint: string}} Area
 * @typedef {{kind: "line", name: string, points: Point[], paint: string, width: number,
 *   dash?: number[]}} Line
 * @typedef {{place: Point, text: string, size: number, paint: string, anchor: "start" | "middle" | "end",
 *   weight?: number}} Words  with the baseline at `place`
 * @typedef {object} Drawing  Shapes in the order in which they cover each other, then words.
 * @property {number} width  in pixels, as are all places and sizes
 * @property {number} height
 * @property {(Area | Line)[]} shapes
 * @property {Words[]} words
 *
 * @typedef {object} Series  A curve, and what is told of each of its points.
 * @property {string} name
 * @property {number[]} step
 * @property {number[]} value
 * @property {string} paint
 * @property {number} width
 * @property {number[]} [dash]
 * @property {(index: number) => string} say  nothing where a point has nothing to tell
 *
 * @typedef {object} Band  A part of a whole over the steps, stacked on those before it.
 * @property {string} name
 * @property {number[]} step
 * @property {number[]} floor
 * @property {number[]} roof
 * @property {string} paint
 * @property {(index: number) => string} say
 *
 * @typedef {object} Chart  What is to be shown, in steps and values.
 * @property {number} total  steps along the axis
 * @property {number} [from]  the step before which it was another run
 * @property {number} top  where the scale of values ends
 * @property {import("./ticks.js").Tick[]} ticks
 * @property {Series[]} [series]
 * @property {Band[]} [bands]  from the bottom up
 * @property {number} [level]  a dotted line at this value
 * @property {(axes: Axes) => Words[][]} [names]  on what they name: for each the places it may have, the
 *   best first; it is left out where none of them is clear
 *
 * @typedef {object} Frame  Where the axes of a picture are, in pixels.
 * @property {number} width
 * @property {number} height
 * @property {number} left
 * @property {number} right
 * @property {number} ceiling
 * @property {number} floor
 * @property {number} [unit]  how much larger than on the page lines and letters are
 */

/**
 * The places between the margins of a picture.
 * @param {{width: number, height: number}} size
 * @param {number} unit  how much larger than usual its lines and letters are
 * @returns {Frame}
 */
export const frameIn = ({ width, height }, unit = 1) => ({
  width,
  height,
  left: 34 * unit,
  right: width - 14 * unit,
  ceiling: 8 * unit,
  floor: height - 22 * unit,
  unit,
});

/** So far, in pixels, may a name reach into the margins: on the right, and elsewhere. */
const [BESIDE, BELOW] = [14, 4];

/** @param {Chart} chart @param {Frame} frame @returns {Drawing} */
export function drawingOf(chart, frame) {
  const { total, top, ticks, from = 0, bands = [], series = [], level } = chart;
  const axes = new Axes(frame, total, top);
  const rules = bands.length ? [] : axes.rules(ticks);
  return {
    width: frame.width,
    height: frame.height,
    shapes: [
      ...rules,
      ...areasOf(axes, bands),
      ...series.filter(({ step }) => step.length > 1).map((one) => lineOf(axes, one)),
      ...(level === undefined ? [] : [levelOf(axes, level)]),
      ...(from ? [beginOf(axes, from)] : []),
      axes.upright(),
    ],
    words: [...axes.numbers(ticks), ...namesIn(axes, chart)],
  };
}

/** Those that stand clear. @param {Axes} axes @param {Chart} chart @returns {Words[]} */
function namesIn(axes, { ticks, level, names, from = 0 }) {
  const { left, right, unit } = axes;
  const numbers = axes.numbers(ticks).map(boxOf);
  const y = axes.y(level ?? 0);
  const dotted = level === undefined ? [] : [{ left, right, top: y - unit, bottom: y + unit }];
  const room = {
    left: left - BELOW * unit,
    right: right + BESIDE * unit,
    top: 0,
    bottom: axes.floor + BELOW * unit,
  };
  return clearNames([...(names?.(axes) ?? []), earlierIn(axes, from)], [...numbers, ...dotted], room);
}

/** @param {Axes} axes @param {Series} series @returns {Line} */
function lineOf(axes, { name, step, value, paint, width, dash }) {
  const points = axes.through(step, value);
  const dashes = dash ? { dash: dash.map((length) => length * axes.unit) } : {};
  return { kind: "line", name, points, paint, width: width * axes.unit, ...dashes };
}

/** @param {Axes} axes @param {number} value @returns {Line} */
function levelOf(axes, value) {
  const points = axes.through([0, axes.total], [value, value]);
  const width = 1.2 * axes.unit;
  return { kind: "line", name: "level", points, paint: "control", width, dash: [width, 2 * width] };
}

/** Where another run ended. @param {Axes} axes @param {number} from @returns {Line} */
function beginOf(axes, from) {
  const x = axes.x(from);
  return { ...axes.line("begin", [x, axes.floor], [x, axes.ceiling], "control", 1.2), dash: [2, 3] };
}

/** What is left of that, where there is room. @param {Axes} axes @param {number} from @returns {Words[]} */
function earlierIn(axes, from) {
  const x = axes.x(from) - 8 * axes.unit;
  const rows = from ? [axes.ceiling + 14 * axes.unit, axes.floor - 8 * axes.unit] : [];
  return rows.map((y) => axes.write(x, y, "an earlier run", { anchor: "end" }));
}

/** Bands, then lines of the page's ground between them. @param {Axes} axes @param {Band[]} bands */
function areasOf(axes, bands) {
  const areas = bands.map(({ name, step, floor, roof, paint }) => ({
    kind: /** @type {const} */ ("area"),
    name,
    points: [...axes.through(step, roof), ...axes.through(step, floor).reverse()],
    paint,
  }));
  const between = bands.slice(0, -1).map(({ step, roof }) => ({
    kind: /** @type {const} */ ("line"),
    name: "between",
    points: axes.through(step, roof),
    paint: "surface",
    width: 1.5 * axes.unit,
  }));
  return [...areas, ...between];
}
