// @ts-check
// A small chart in SVG: its frame, ticks along the one time axis, and a line for where one looks.

import { roundSteps, shareAlong } from "../charts/axis.js";

/** @typedef {{left: number, right: number, top: number, bottom: number}} Margins */

export const MARGINS = { left: 34, right: 12, top: 6, bottom: 20 };

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {...(Node | string)} children
 */
export function shape(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/**
 * Where values lie in a drawing of this size.
 * @param {number} width
 * @param {number} height
 * @param {number} total  steps
 * @param {number} most  value at the top
 */
export function placing(width, height, total, most) {
  const wide = width - MARGINS.left - MARGINS.right;
  const tall = height - MARGINS.top - MARGINS.bottom;
  return {
    x: (/** @type {number} */ step) => MARGINS.left + shareAlong(step, total) * wide,
    y: (/** @type {number} */ value) => MARGINS.top + (1 - value / most) * tall,
    share: (/** @type {number} */ x) => Math.max(0, Math.min(1, (x - MARGINS.left) / wide)),
  };
}

/**
 * Lines and numbers behind a curve.
 * @param {ReturnType<typeof placing>} place
 * @param {{width: number, height: number, total: number, ticks:
 *   number[], say: (value: number) => string}} frame
 */
export function grid(place, { width, height, total, ticks, say }) {
  const end = width - MARGINS.right;
  const group = shape("g", { class: "grid" });
  for (const tick of ticks) {
    group.append(shape("line", { x1: MARGINS.left, x2: end, y1: place.y(tick), y2: place.y(tick) }));
    group.append(
      shape("text", { x: MARGINS.left - 6, y: place.y(tick) + 4, "text-anchor": "end" }, say(tick)),
    );
  }
  const room = 30 / Math.max(1, end - MARGINS.left);
  for (const step of roundSteps(total, room)) {
    group.append(shape("text", { x: place.x(step), y: height - 5, "text-anchor": "middle" }, String(step)));
  }
  return group;
}

/**
 * A path through points.
 * @param {ReturnType<typeof placing>} place
 * @param {number[]} steps
 * @param {number[]} values
 */
export function through(place, steps, values) {
  return steps
    .map(
      (step, index) => `${index ? "L" : "M"}${place.x(step).toFixed(1)} ${place.y(values[index]).toFixed(1)}`,
    )
    .join("");
}
