// @ts-check
// How long a layer's kernel is, and how far it has moved: what can be said of every layer.

import { fixed } from "../words/numbers.js";
import { stepNamed } from "../words/steps.js";
import { roundTicks } from "./ticks.js";

/** @typedef {import("../types.js").Health} Health */
/** @typedef {import("./curves.js").Course} Course */

const BEYOND = 1.25; // room for a name above the line
/** Below it, or where nothing is known, the axis stays what it would be for ordinary filters. */
const SHORTEST = 1e-6;
const NAME_ABOVE = -6;

/**
 * Where it could be said.
 * @param {Health | undefined} health
 * @param {"norm" | "change"} what
 * @returns {Course}
 */
export function lengthCourse(health, what) {
  const values = health?.[what] ?? [];
  const told = values.flatMap((value, at) =>
    value === null ? [] : [{ step: health?.step[at] ?? 0, value }],
  );
  return { step: told.map(({ step }) => step), value: told.map(({ value }) => value) };
}

/**
 * @param {Health | undefined} health
 * @param {number} total  steps along the axis
 * @returns {import("./drawing.js").Chart}
 */
export function lengthsChart(health, total) {
  const [norm, change] = [lengthCourse(health, "norm"), lengthCourse(health, "change")];
  const moved = { step: change.step, value: change.value.map((value) => value * (norm.value[0] ?? 1)) };
  const longest = Math.max(...norm.value, ...moved.value);
  const top = longest > SHORTEST ? BEYOND * longest : 1;
  const series = [
    {
      name: "change from the start",
      ...moved,
      paint: "ink3",
      width: 1.2,
      dash: [4, 3],
      say: percentAt(change),
    },
    {
      name: "length",
      ...norm,
      paint: "ink",
      width: 2.2,
      say: (/** @type {number} */ at) => `${fixed(norm.value[at])} long`,
    },
  ];
  const names = (/** @type {import("./axes.js").Axes} */ axes) => {
    return [nameOn(axes, norm, "length", 600), nameOn(axes, moved, "change", 400)];
  };
  return { total, top, ticks: roundTicks(top), series, names };
}

/** @param {Course} change */
const percentAt = (change) => (/** @type {number} */ at) => `${Math.round(change.value[at] * 100)} % moved`;

/**
 * @param {import("./axes.js").Axes} axes
 * @param {Course} course
 * @param {string} text
 * @param {number} weight
 */
function nameOn(axes, { step, value }, text, weight) {
  if (step.length < 3) return [];
  const y = axes.y(value[value.length - 1]) + NAME_ABOVE * axes.unit;
  const look = { anchor: /** @type {const} */ ("end"), weight, paint: weight > 400 ? "ink" : "ink3" };
  return [axes.write(axes.x(step[step.length - 1]), y, text, look)];
}

/** @param {Health | undefined} health @param {import("../types.js").Run | null} run */
export function lengthsSummary(health, run) {
  const { step, value } = lengthCourse(health, "norm");
  if (!step.length) return "Length of the filters over the steps; nothing is known yet.";
  return (
    `Length of the filters: ${fixed(value[0])} at ${stepNamed(run, step[0])}, ` +
    `${fixed(value[value.length - 1])} at ${stepNamed(run, step[step.length - 1])}.`
  );
}
