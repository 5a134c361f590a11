// @ts-check
// Where windows can lie on a picture, in its pixels, and how it is said.

import { outputSize, padsBefore } from "../../pictures/laying.js";

/**
 * @typedef {import("../../pictures/convolution.js").Task} Task
 * @typedef {{top: number, left: number, height: number, width: number}} Box  in pixels of the picture
 * @typedef {{outer: Box, inner: Box, isOutside: boolean}} Rim
 */

/** Zeros above, below, before and behind. @param {Task} task */
export function padsOf(task) {
  const [above, before] = padsBefore(task);
  if (task.laying.padding === "valid") return { above, below: 0, before, behind: 0 };
  const [rows, columns] = outputSize(task);
  const total = (/** @type {number} */ outputs, /** @type {0 | 1} */ axis) =>
    Math.max((outputs - 1) * task.laying.strides + task.kernel.shape[axis] - task.input.shape[axis], 0);
  return { above, below: total(rows, 0) - above, before, behind: total(columns, 1) - before };
}

/**
 * What lies between two boxes: the zeros around a picture, or else the pixels that are never the middle of
 * a window. Of a window with an even side the middle is before the centre.
 * @param {Task} task
 * @returns {Rim}
 */
export function rimOf(task) {
  const [height, width] = task.input.shape;
  const picture = { top: 0, left: 0, height, width };
  if (task.laying.padding === "same") {
    const { above, below, before, behind } = padsOf(task);
    const outer = {
      top: -above,
      left: -before,
      height: height + above + below,
      width: width + before + behind,
    };
    return { outer, inner: picture, isOutside: true };
  }
  const [rows, columns] = outputSize(task);
  const [top, left] = [0, 1].map((axis) => Math.floor((task.kernel.shape[axis] - 1) / 2));
  const reach = (/** @type {number} */ outputs) => (outputs - 1) * task.laying.strides + 1;
  const inner = { top, left, height: reach(rows), width: reach(columns) };
  return { outer: picture, inner, isOutside: false };
}

/** How many cells of the rim there are. @param {Rim} rim */
export const cellsOf = ({ outer, inner }) => outer.height * outer.width - inner.height * inner.width;

/** `28 − 3 + 1 = 26`: how many answers there are along an axis. @param {Task} task @param {0 | 1} axis */
export function sizeInWords({ input, kernel, laying }, axis) {
  const [length, side, strides] = [input.shape[axis], kernel.shape[axis], laying.strides];
  const answers = outputSize({ input, kernel, laying })[axis];
  if (laying.padding === "same") {
    if (strides === 1) return `${length}, as the picture`;
    const rounded = length % strides ? ", rounded up," : "";
    return `${length} / ${strides}${rounded} = ${answers}`;
  }
  if (strides === 1) return `${length} − ${side} + 1 = ${answers}`;
  const rounded = (length - side) % strides ? ", rounded down," : "";
  return `(${length} − ${side}) / ${strides}${rounded} + 1 = ${answers}`;
}

/**
 * The pixel or the zero under a cell of the window, as the formula says it: `2·i+u−1`.
 * @param {string} place
 * @param {string} offset
 * @param {number} strides
 * @param {number} pad
 */
export const indexIn = (place, offset, strides, pad) =>
  `${strides > 1 ? `${strides}·` : ""}${place}+${offset}${pad ? `−${pad}` : ""}`;
