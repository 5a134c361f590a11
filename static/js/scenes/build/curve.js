// @ts-check
// What the schedule does to the rate, from the first step to the last, as a small line.

import { LINEAR_END } from "../../recipe_catalogue.js";

const WIDTH = 120;
const HEIGHT = 36;
const RIM = 2;
const SVG = "http://www.w3.org/2000/svg";

/**
 * The share of the first rate that holds at a share of the way.
 * @param {string} schedule
 * @param {number} way
 */
export const rateShare = (schedule, way) => (schedule === "linear" ? 1 - way + LINEAR_END * way : 1);

/** @param {string} schedule */
export function pathOf(schedule) {
  const x = (/** @type {number} */ way) => RIM + (WIDTH - 2 * RIM) * way;
  const y = (/** @type {number} */ way) => HEIGHT - RIM - (HEIGHT - 2 * RIM) * rateShare(schedule, way) * 0.9;
  return `M${x(0)} ${y(0).toFixed(1)}L${x(1)} ${y(1).toFixed(1)}`;
}

/**
 * @param {unknown} rate
 * @param {string} schedule
 * @param {number | null} steps
 */
export function curveWords(rate, schedule, steps) {
  const first = Number(rate);
  const until = steps === null ? "the last step" : `step ${steps.toLocaleString("en")}`;
  if (schedule !== "linear") return `${first} up to ${until}`;
  return `from ${first} down to ${Number((first * LINEAR_END).toPrecision(2))} at ${until}`;
}

export function makeCurve() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute("class", "build-curve");
  svg.setAttribute("aria-hidden", "true");
  for (const part of ["ground", "line"]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", part);
    svg.append(path);
  }
  const [ground, line] = svg.children;
  ground.setAttribute("d", `M${RIM} ${HEIGHT - RIM}H${WIDTH - RIM}`);
  return {
    root: svg,
    /** @param {string} schedule */
    show: (schedule) => line.setAttribute("d", pathOf(schedule)),
  };
}
