// @ts-check
// Right answers and error: new pictures in ink, training thin and gray, guessing dotted.

import { fixed, percent } from "../words/numbers.js";
import { stepNamed } from "../words/steps.js";
import { along, stepAt } from "./axis.js";
import { PERCENT, roundTicks, topOfErrors } from "./ticks.js";

/**
 * @typedef {import("../types.js").Curve} Curve
 * @typedef {import("./axes.js").Axes} Axes
 * @typedef {import("./drawing.js").Words} Words
 * @typedef {"accuracy" | "loss"} Quantity
 * @typedef {{step: number[], value: number[]}} Course
 */

/** What the largest letters and the space around them take, in pixels. */
const NAME_HEIGHT = 16;
const NAME_WIDTH = 84;
const ABOVE = -5;
const BELOW = 13;

/** How a quantity is said. @param {Quantity} quantity @returns {(value: number) => string} */
const sayingOf = (quantity) => (quantity === "accuracy" ? percent : (value) => fixed(value));

/**
 * @param {Quantity} quantity
 * @param {{training: Curve, evaluations: Curve, total: number, classes: number}} told
 * @returns {import("./drawing.js").Chart}
 */
export function curveChart(quantity, { training, evaluations, total, classes }) {
  const trained = courseOf(training, quantity);
  const fresh = courseOf(evaluations, quantity);
  const series = [
    seriesOf("training", trained, quantity, { paint: "ink3", width: 1 }),
    seriesOf("new pictures", fresh, quantity, { paint: "ink", width: 2.2 }),
  ];
  if (quantity === "loss") {
    const top = topOfErrors(trained.value, fresh.value);
    return { total, top, ticks: roundTicks(top), series };
  }
  const level = 1 / classes;
  const names = (/** @type {Axes} */ axes) => [...curveNames(axes, trained, fresh), levelPlaces(axes, level)];
  return { total, top: 1, ticks: PERCENT, series, level, names };
}

/**
 * @param {Quantity} quantity @param {Curve} training @param {Curve} evaluations
 * @param {import("../types.js").Run | null} [run]  which says what its steps are called
 */
export function curveSummary(quantity, training, evaluations, run) {
  const name = quantity === "accuracy" ? "Right answers" : "Error";
  const say = sayingOf(quantity);
  const fresh = courseOf(evaluations, quantity);
  const isFresh = fresh.step.length > 0;
  const { step, value } = isFresh ? fresh : courseOf(training, quantity);
  if (!step.length) return `${name} over the steps; nothing is known yet.`;
  return (
    `${name} ${isFresh ? "on new pictures" : "in training"}: ` +
    `${say(value[0])} at ${stepNamed(run, step[0])}, ` +
    `${say(value[value.length - 1])} at ${stepNamed(run, step[step.length - 1])}.`
  );
}

/** Where it was told. @param {Curve} curve @param {Quantity} quantity @returns {Course} */
export function courseOf(curve, quantity) {
  const { step } = curve;
  const value = curve[quantity];
  const isTold = (/** @type {number} */ at) => Number.isFinite(value[at]);
  return { step: step.filter((_, at) => isTold(at)), value: value.filter(Number.isFinite) };
}

/**
 * @param {string} name
 * @param {Course} course
 * @param {Quantity} quantity
 * @param {{paint: string, width: number}} look
 */
function seriesOf(name, course, quantity, look) {
  const say = sayingOf(quantity);
  return { name, ...course, ...look, say: (/** @type {number} */ at) => `${say(course.value[at])} ${name}` };
}

/** Above its end, or below. @param {Axes} axes @param {number} level */
function levelPlaces(axes, level) {
  const place = axes.xAt(0.97 * along(axes.total));
  return [ABOVE, BELOW].map((shift) =>
    axes.write(place, axes.y(level) + shift * axes.unit, "guessing", { anchor: "end" }),
  );
}

/**
 * Where the names of both curves may stand, in the look the curves have: the thick one's first.
 * @param {Axes} axes
 * @param {Course} trained
 * @param {Course} fresh
 * @returns {Words[][]}
 */
function curveNames(axes, trained, fresh) {
  const end = along(Math.min(trained.step.at(-1) ?? 0, fresh.step.at(-1) ?? 0));
  if (end === 0 || end < 0.45 * along(axes.total)) return [];
  const { isLow, above, below, over } = spotsOf(axes, trained, fresh, end);
  const thick = isLow ? above : [...below, above[0], over];
  const thin = isLow ? [above[1], ...below] : [over, below[1], ...above];
  return [
    thick.map(([x, y]) => axes.write(x, y, "new pictures", { anchor: "end", paint: "ink", weight: 600 })),
    thin.map(([x, y]) => axes.write(x, y, "training", { anchor: "end" })),
  ];
}

/**
 * Places near the end of both curves, in two lines above and below them, and one over their middle.
 * @param {Axes} axes
 * @param {Course} trained
 * @param {Course} fresh
 * @param {number} end  of both, on the time axis
 */
function spotsOf(axes, trained, fresh, end) {
  const { unit, total } = axes;
  const reached = (/** @type {number} */ from, /** @type {number} */ to) => [
    ...between(trained, from * end, to * end),
    ...between(fresh, from * end, to * end),
  ];
  const wide = ((NAME_WIDTH * unit) / (axes.right - axes.left)) * (along(total) / end);
  const beside = reached(0.95 - wide, 0.95);
  const [high, low] = [Math.max(...beside), Math.min(...beside)];
  /** @param {number} at @param {number} value @param {number} line  below it; above it where below 0 */
  const spot = (at, value, line) => {
    const shift = line < 0 ? ABOVE - 2 + (line + 1) * NAME_HEIGHT : BELOW + 2 + (line - 1) * NAME_HEIGHT;
    return /** @type {const} */ ([axes.xAt(at * end), axes.y(value) + shift * unit]);
  };
  return {
    isLow: high < 0.5,
    above: [spot(0.95, high, -1), spot(0.95, high, -2)],
    below: [spot(0.95, low, 1), spot(0.95, low, 2)],
    over: spot(0.66, Math.max(...reached(0.35, 0.66)), -1),
  };
}

/**
 * The values a curve takes from `from` to `to`.
 * @param {Course} curve @param {number} from @param {number} to
 */
function between(curve, from, to) {
  const inside = curve.value.filter(
    (_, index) => along(curve.step[index]) >= from && along(curve.step[index]) <= to,
  );
  return [...inside, valueAt(curve, from), valueAt(curve, to)];
}

/**
 * The value at a place on the time axis: the last one told before it.
 * @param {Course} curve @param {number} x
 */
export function valueAt(curve, x) {
  const step = stepAt(x);
  let index = curve.step.findIndex((other) => other > step + 1e-6);
  if (index < 0) index = curve.step.length;
  return curve.value[Math.max(0, index - 1)] ?? NaN;
}
